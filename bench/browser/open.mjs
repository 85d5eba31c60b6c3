import { createPortal } from 'nuxt-b24-pull/portal'
import { chromium } from 'playwright-core'
import { findChromium } from '../../scripts/lib/chromium.mjs'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc']

/** A headless Chromium, as the tests start it. */
export function launch() {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium or Chrome was found: install one, or name one in CHROME_PATH.')
  return chromium.launch({ executablePath, headless: true, args: FLAGS })
}

/**
 * An app in a frame of a new portal, in a browser context of its own: nothing is cached.
 * @param {import('playwright-core').Browser} browser
 * @param {string} app
 * @param {number} restDelay ms by which REST answers late
 */
export async function openApp(browser, app, restDelay = 0) {
  const portal = await createPortal({ app, method: 'get', limits: false })
  if (restDelay) portal.faults.on('rest-delay', { ms: restDelay, jitter: 0 })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(portal.url)
  const element = await page.getByTestId('app-frame').elementHandle()
  const frame = await element.contentFrame()
  return { portal, page, frame, close: async () => {
    await context.close()
    await portal.close()
  } }
}
