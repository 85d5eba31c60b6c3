import { openFile, openPage } from './ask'
import { isScript } from './crawl'
import type { Deployed } from './deployed'
import type { Finding } from './finding'
import { readPage } from './page'

const WORKERS = ['sw.js', 'service-worker.js', 'serviceWorker.js']

/** Scripts named in a service worker, as Workbox lists them. */
const PRECACHED = /["'`]([\w./-]+\.m?js)["'`]/g

/** Whether what comes is what was built last. */
export async function checkFresh(deployed: Deployed): Promise<Finding[]> {
  if (deployed.shown.status >= 400) return []
  const why = cachedFor(deployed) ?? await otherBuild(deployed) ?? await oldWorker(deployed)
  return why === null
    ? []
    : [{
        code: 'STALE_BUILD',
        title: 'An old build may be served',
        why,
        fix: 'Send the page with `Cache-Control: no-cache`, clear the cache in front of it after each deployment, and deploy the service worker of the same build, or one that removes itself.',
      }]
}

/** The page itself may be kept without asking again. */
function cachedFor({ shown, get }: Deployed): string | null {
  for (const { headers } of [shown, get]) {
    const control = headers.get('cache-control')?.toLowerCase() ?? ''
    // What a proxy may keep counts as what a browser may.
    const age = Math.max(0, ...[...control.matchAll(/\b(?:s-maxage|max-age)\s*=\s*"?(\d+)/g)].map(([, seconds]) => Number(seconds)))
    if (!/no-cache|no-store/.test(control) && (/\bimmutable\b/.test(control) || age > 0)) {
      return `The page comes with \`Cache-Control: ${control}\`: browsers and proxies show it without asking, and it names files of its own build.`
    }
  }
  return null
}

/** Who asks past the caches gets another build than who asks as people do. */
async function otherBuild({ shown, get, page }: Deployed): Promise<string | null> {
  const fresh = new URL(shown.url)
  fresh.searchParams.set('doctor', String(Date.now()))
  const past = await openPage(fresh, null)
  const own = entryOf(page.files)
  for (const [answer, how] of [[get, 'a GET'], [past, 'an address that no cache knows']] as const) {
    if (answer.status >= 400) continue
    const other = entryOf(readPage(answer.text, answer.url).files)
    if (own !== '' && other !== '' && own !== other) return `The form brings the page of one build (${own}), ${how} that of another (${other}).`
  }
  const entry = page.files.find(isScript)
  if (!entry || page.buildId === null) return null
  const latest = await openFile(new URL('builds/latest.json', entry))
  const id = latest.status === 200 && latest.type !== 'text/html' ? /"id"\s*:\s*"([\w-]+)"/.exec(latest.text)?.[1] : undefined
  return id !== undefined && id !== page.buildId ? `The page is of the build ${page.buildId}, and the newest that is there is ${id}.` : null
}

function entryOf(files: readonly URL[]): string {
  return files.filter(isScript).map(({ pathname }) => pathname).toSorted().join(' ')
}

/** A service worker that holds files of another build than the page's. */
async function oldWorker({ shown, page, listed }: Deployed): Promise<string | null> {
  const own = new Set(listed.map(({ url }) => url.pathname))
  const folders = new Set(page.files.filter(url => isScript(url) && url.origin === shown.url.origin).map(({ pathname }) => pathname.slice(0, pathname.lastIndexOf('/') + 1)))
  for (const name of WORKERS) {
    const worker = await openFile(new URL(name, new URL('/', shown.url)))
    if (worker.status !== 200 || worker.type === 'text/html') continue
    const held = [...worker.text.matchAll(PRECACHED)].map(([, path = '']) => new URL(path, worker.url)).filter(({ pathname }) => [...folders].some(folder => pathname.startsWith(folder)))
    if (held.length > 0 && !held.some(({ pathname }) => own.has(pathname))) {
      return `The service worker /${name} holds ${held.length} scripts, and none of them is one of the page's: it serves another build.`
    }
  }
  return null
}
