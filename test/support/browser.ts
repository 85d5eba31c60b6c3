import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { PATIENCE } from './patience.ts'

/** What makes Chromium run as root in a container, and keeps it from calling anybody but the servers under test. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * A headless Chromium with a fresh profile. Whatever is waited for in its pages has {@link PATIENCE}.
 * @throws when there is none: `npm test` installs one, `vitest` alone does not
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error('No Chromium or Chrome was found on this machine. Run `npm test -- e2e`, which installs one, or name one in CHROME_PATH.')
  }
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS, timeout: PATIENCE })
  browser.on('context', context => context.setDefaultTimeout(PATIENCE))
  return browser
}

/** What went wrong in a page, as its own console tells it. Both lists grow while the page lives. */
export interface PageProblems {
  /** Exceptions and rejections that nobody caught, in the page and its frames. */
  uncaught: string[]
  /** Lines written by `console.error`, failed requests among them. */
  consoleErrors: string[]
}

/** Collects problems from now on: call it before the page goes anywhere. */
export function watchProblems(page: Page): PageProblems {
  const problems: PageProblems = { uncaught: [], consoleErrors: [] }
  page.on('pageerror', error => problems.uncaught.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.consoleErrors.push(message.text())
  })
  return problems
}
