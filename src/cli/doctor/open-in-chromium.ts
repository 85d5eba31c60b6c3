import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserType, Page } from '@playwright/test'
import type { CliSurroundings } from '../surroundings'
import type { Finding } from './finding'
import { frameRequest } from './form'
import { parentPage } from './parent-page'

/** ms for an app to ask who it is, and then for its connection. */
const PATIENCE_MS = 20_000
const MOST_TOLD = 3

const BRINGERS = ['playwright-core', 'playwright', '@playwright/test']
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** What came of it; `null` = there is no Chromium, or nothing to drive it by. */
export type Opened = { findings: Finding[] } | null

/**
 * Opens the app in a frame, in Chromium, as a portal does: the portal's page and its REST are played, nobody is called but the app itself.
 *
 * @param app where it is registered
 * @param domain of the portal that is played
 * @param surroundings whose project has Playwright, and whose machine a browser
 */
export async function openInChromium(app: URL, domain: string, surroundings: Pick<CliSurroundings, 'folder' | 'env'>): Promise<Opened> {
  const chromium = await findPlaywright(surroundings.folder)
  if (!chromium) return null
  const executablePath = findChrome(surroundings.env)
  const browser = await chromium.launch({
    headless: true,
    ...(executablePath && { executablePath }),
    // An app on this machine is in a frame of a page that is not.
    args: ['--no-sandbox', '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests'],
  }).catch(() => null)
  if (!browser) return null
  try {
    return { findings: await watch(await browser.newPage(), app, domain) }
  }
  finally {
    await browser.close()
  }
}

async function watch(page: Page, app: URL, domain: string): Promise<Finding[]> {
  const { address, form } = frameRequest(app, domain)
  const problems: string[] = []
  const asked = Promise.withResolvers<boolean>()
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  page.on('requestfailed', request => problems.push(`${request.url()}: ${request.failure()?.errorText}`))
  await page.route(`https://${domain}/**`, async (route) => {
    const request = route.request()
    if (request.isNavigationRequest()) return route.fulfill({ contentType: 'text/html', body: parentPage(address, domain, form) })
    if (`${request.url()} ${request.postData()}`.includes('pull.application.config.get')) asked.resolve(true)
    return route.fulfill({ status: 403, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: '{"error":"ACCESS_DENIED","error_description":"Played by doctor"}' })
  })
  await page.goto(`https://${domain}/`)
  const timer = setTimeout(() => asked.resolve(false), PATIENCE_MS)
  const isConnecting = await asked.promise
  clearTimeout(timer)
  if (isConnecting) return []
  const isHeard = await page.evaluate(() => (window as Window & { isHeard?: boolean }).isHeard ?? false)
  const told = [...new Set(problems)].slice(0, MOST_TOLD).map(text => text.slice(0, 200))
  return [{
    code: 'FRAME_SILENT',
    title: isHeard ? 'The app starts in a frame, but does not ask for the push server' : 'The app does not start in a frame',
    why: `In Chromium it has ${isHeard ? 'asked for getInitData, but not for pull.application.config.get' : 'not asked for getInitData'} within ${PATIENCE_MS / 1_000} s. ${told.length > 0 ? `The page says: ${told.join('; ')}` : 'The page says nothing.'}`,
    fix: isHeard ? 'With the option `autoStart: false` it starts when start() is called; else look at the errors in the browser\'s console.' : 'Look at the errors in the browser\'s console, and at what keeps a script from running.',
  }]
}

/** Whatever the project has: this package brings no browser, and nothing to drive one. */
async function findPlaywright(folder: string): Promise<BrowserType | null> {
  const require = createRequire(join(folder, 'package.json'))
  for (const name of BRINGERS) {
    try {
      const { chromium, default: whole } = await import(pathToFileURL(require.resolve(name)).href) as { chromium?: BrowserType, default?: { chromium?: BrowserType } }
      const found = chromium ?? whole?.chromium
      if (found) return found
    }
    catch {
      // The next may be there.
    }
  }
  return null
}

/** Absent: Playwright looks for its own. */
function findChrome(env: CliSurroundings['env']): string | undefined {
  if (env.CHROME_PATH) return env.CHROME_PATH
  const inPath = (env.PATH ?? '').split(delimiter).filter(Boolean).flatMap(folder => NAMES.map(name => join(folder, name)))
  return [...inPath, ...PLACES].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    }
    catch {
      return false
    }
  })
}
