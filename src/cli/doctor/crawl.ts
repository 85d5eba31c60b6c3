import type { File } from './ask'
import { openFile } from './ask'

const MOST_FILES = 200
const AT_ONCE = 6

/** Scripts that a script names: imports by path, and what Vite lists for preloading. */
const NAMED = /["'`]([\w./@-]+\.m?js)["'`]/g

/** The page's own files, and every script of the same origin that they name. */
export async function crawl(files: readonly URL[], origin: string): Promise<{ listed: File[], all: File[] }> {
  const own = files.filter(url => url.origin === origin)
  const listed = await openAll(own)
  const all = new Map(listed.map(file => [file.url.href, file]))
  const roots = new Set(own.filter(isScript).map(url => url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1)))
  let waiting = listed
  while (waiting.length > 0 && all.size < MOST_FILES) {
    const named = waiting.filter(({ status, type }) => status === 200 && type !== 'text/html').flatMap(({ url, text }) => [...text.matchAll(NAMED)].flatMap(([, path = '']) => resolve(path, url, roots)))
    const fresh = [...new Map(named.filter(url => !all.has(url.href)).map(url => [url.href, url])).values()].slice(0, MOST_FILES - all.size)
    waiting = await openAll(fresh)
    for (const file of waiting) all.set(file.url.href, file)
  }
  return { listed, all: [...all.values()] }
}

/** A relative path is one from the script; one from a folder of scripts, as Vite lists them, is one from that folder's parent. */
function resolve(path: string, from: URL, roots: ReadonlySet<string>): URL[] {
  const isRelative = /^\.{1,2}\//.test(path)
  const url = isRelative || path.startsWith('/') ? URL.parse(path, from.href) : null
  if (url) return url.origin === from.origin && [...roots].some(root => url.pathname.startsWith(root)) ? [url] : []
  return [...roots].flatMap((root) => {
    const folder = root.split('/').at(-2) ?? ''
    return folder && path.startsWith(`${folder}/`) ? [new URL(`${root}${path.slice(folder.length + 1)}`, from)] : []
  })
}

async function openAll(urls: readonly URL[]): Promise<File[]> {
  const files: File[] = []
  for (let i = 0; i < urls.length; i += AT_ONCE) files.push(...await Promise.all(urls.slice(i, i + AT_ONCE).map(openFile)))
  return files
}

export function isScript(url: URL): boolean {
  return /\.m?js$/.test(url.pathname)
}
