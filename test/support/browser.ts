import { chromium } from 'playwright-core'
import type { Browser, LaunchOptions, Page } from 'playwright-core'
import { findChromium, findHeadlessShell } from '../../scripts/lib/chromium.mjs'
import { PATIENCE } from './patience.ts'

/** What makes Chromium run as root in a container, and keeps it from calling anybody but the servers under test. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A frame of another site in a process of its own, as in a browser with windows.
  '--site-per-process',
]

/** The Chromium of the tests: one without windows, where there is one. */
export const browserPath = (): string | undefined => findHeadlessShell() ?? findChromium()

/**
 * How to start a headless Chromium with a fresh profile.
 * @param executablePath where it is; {@link browserPath} by default
 * @throws when there is none: `npm test` installs one, `vitest` alone does not
 */
export function launchOptions(executablePath = browserPath()): LaunchOptions {
  if (!executablePath) {
    throw new Error('No Chromium or Chrome was found on this machine. Run `npm test -- e2e`, which installs one, or name one in CHROME_PATH.')
  }
  return { executablePath, headless: true, args: FLAGS, timeout: PATIENCE }
}

/**
 * A headless Chromium of the test's own: one that a whole run shares would stand behind a server, whose words for each page cost more
 * than to start it. Whatever is waited for in its pages has {@link PATIENCE}.
 */
export async function launchBrowser(): Promise<Browser> {
  return patient(await chromium.launch(launchOptions()))
}

/** A Chromium with windows, for what is to be seen once as people have it: what it refuses to frames, it refuses itself. */
export async function launchWholeBrowser(): Promise<Browser> {
  return patient(await chromium.launch(launchOptions(findChromium())))
}

function patient(browser: Browser): Browser {
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
