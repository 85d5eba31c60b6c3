import { isScript } from './crawl'
import type { Deployed } from './deployed'
import type { Finding } from './finding'

/** Stands in what a dev server serves, and in no build. */
const OF_DEV_SERVERS = /\/@vite\/client|\/@id\/|\/@fs\/|\/@react-refresh|__webpack_hmr/

/** In the app's entry, wherever the module or the plugin for Vue is. */
const OF_MODULE = 'b24-pull'

/** Once in the SDK, whatever its version. */
const OF_SDK = 'Now paste this URL into the Bitrix24 app settings'

/** The platform's older library, which talks to the portal's page, too. */
const OF_BX24 = /api\.bitrix24\.(?:com|tech)\/api\/v1|BX24(?:\.min)?\.js/

const MOST_NAMED = 3

/** Whether what was built has arrived, whole and once. */
export function checkBuild({ shown, page, listed, all }: Deployed): Finding[] {
  const findings: Finding[] = []
  const isDev = OF_DEV_SERVERS.test(shown.text)
  if (isDev) {
    findings.push({
      code: 'DEV_BUILD',
      title: 'A dev server is deployed',
      why: 'The page loads Vite\'s client: hundreds of files, sources readable by everybody, and a reload with every change.',
      fix: 'Deploy what `nuxt build` (`.output`) or `vite build` (`dist`) has made.',
    })
  }
  const lost = listed.filter(({ status }) => status !== 200)
  const html = listed.filter(({ url, status, type }) => status === 200 && type === 'text/html' && /\.(?:m?js|css)$/.test(url.pathname))
  if (lost.length > 0 || html.length > 0) {
    const named = [...lost.map(({ url, status }) => `${url.pathname} (${status || 'no answer'})`), ...html.map(({ url }) => `${url.pathname} (HTML)`)]
    findings.push({
      code: 'FILES_MISSING',
      title: `Files of the app are missing: ${named.slice(0, MOST_NAMED).join(', ')}${named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : ''}`,
      why: html.length > 0 ? 'A fallback answers with the page itself where a file is not there, and the browser runs no HTML as a script.' : 'The page names files that its host does not have.',
      fix: 'Upload the whole of the build, keep the files of the last build a while, set `app.baseURL` where the app has a path, and let no fallback answer for files.',
    })
  }
  if (shown.status >= 400 || isDev || lost.length > 0 || html.length > 0) return findings
  const scripts = all.filter(({ url, status, type }) => status === 200 && type !== 'text/html' && isScript(url)).map(({ text }) => text)
  if (![shown.text, ...scripts].some(text => text.includes(OF_MODULE))) {
    findings.push({
      code: 'MODULE_MISSING',
      title: 'nuxt-b24-pull is not in what is deployed',
      why: `None of the ${scripts.length} scripts of the page has it.`,
      fix: 'List it in `modules` of nuxt.config, or call `app.use(createB24Pull())`; build and deploy again. Or something else is at this address.',
    })
  }
  const sdks = scripts.reduce((count, text) => count + text.split(OF_SDK).length - 1, 0)
  const isBoth = sdks > 0 && page.files.some(({ href }) => OF_BX24.test(href))
  if (sdks > 1 || isBoth) {
    findings.push({
      code: 'TWO_SDKS',
      title: isBoth ? 'The page loads BX24.js beside @bitrix24/b24jssdk' : `@bitrix24/b24jssdk is in the app ${sdks} times`,
      why: 'Both talk to the portal\'s page for the same frame: answers reach the wrong one, and tokens are renewed twice.',
      fix: isBoth ? 'Take the script away: `usePull().frame` is the SDK\'s frame.' : 'Look with `npm ls @bitrix24/b24jssdk`, bring the versions together, and build again.',
    })
  }
  return findings
}
