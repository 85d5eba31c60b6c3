import type { Browser, BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'

/** A dev portal, and its page open in a browser of its own profile. */
export interface OpenPortal {
  portal: Portal
  context: BrowserContext
  page: Page
  problems: PageProblems
  /** The first frame of the app. */
  app: FrameLocator
  /** The slider over it. */
  slider: FrameLocator
  /** An element of the first frame, by its `data-testid`. */
  inApp: (testId: string) => Locator
  /** The first frame itself, as it is now. */
  appFrame: () => Promise<Frame>
  /** Opens the first frame anew, as a person does who leaves the app and comes back. Costs a fraction of a page of its own. */
  reopen: () => Promise<void>
  close: () => Promise<void>
}

export interface OpenOptions extends PortalOptions {
  /** Whether the app's frame may keep something; else it is refused as in a private window. */
  hasStorage?: boolean
  /** Done with the profile before the page is opened. */
  prepare?: (context: BrowserContext) => Promise<unknown>
}

/** Opens an app in a new dev portal, as a person would, in a profile of its own. */
export async function openPortal(browser: Browser, { hasStorage = false, prepare, ...options }: OpenOptions): Promise<OpenPortal> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  if (!hasStorage) await context.addInitScript(refuseStorage)
  await prepare?.(context)
  const opened = await openPortalIn(context, options)
  return {
    ...opened,
    async close() {
      await context.close()
      await opened.close()
    },
  }
}

/** What a browser refuses a frame of another site in a private window. Chromium without windows knows none, and grants all of it. */
function refuseStorage(): void {
  const [parent] = location.ancestorOrigins
  if (!parent || new URL(parent).hostname === location.hostname) return
  const refusal = () => new DOMException('Access is denied for this document.', 'SecurityError')
  const refuse = () => {
    throw refusal()
  }
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse, configurable: true })
  for (const name of ['request', 'query'] as const) navigator.locks[name] = () => Promise.reject(refusal())
}

/** The same in a profile that is there already. */
export async function openPortalIn(context: BrowserContext, options: PortalOptions): Promise<OpenPortal> {
  const portal = await createPortal({ limits: false, ...options })
  const page = await context.newPage()
  const problems = watchProblems(page)
  await page.goto(portal.url)
  const app = page.frameLocator('[data-testid="app-frame"]')
  const iframe = page.getByTestId('app-frame').first()
  return {
    portal,
    context,
    page,
    problems,
    app,
    slider: page.frameLocator('[data-testid="slider-frame"]'),
    inApp: testId => app.getByTestId(testId),
    appFrame: () => frameIn(iframe),
    async reopen() {
      const before = await iframe.elementHandle()
      portal.reloadFrame(portal.frames[0]!.id)
      await page.waitForFunction(old => !old?.isConnected, before)
    },
    async close() {
      await page.close()
      await portal.close()
    },
  }
}

/** What an `<iframe>` of the portal holds. */
export async function frameIn(iframe: Locator): Promise<Frame> {
  const frame = await (await iframe.elementHandle())?.contentFrame()
  if (!frame) throw new Error('The portal shows no such frame.')
  return frame
}

/**
 * Waits until a page of `test/fixtures` has put what tests talk to on its window. By a timer: a frame behind another tab draws no
 * animation frames.
 */
export async function withGlobal(frame: Frame, name: 'testPage' | 'stressPage'): Promise<Frame> {
  await frame.waitForFunction(key => key in window, name, { polling: 50 })
  return frame
}

/** Runs in a frame on what its page has put on the window. The function travels as text, so it may use only its arguments. */
export function runIn<P, R, A>(frame: Frame, name: 'testPage' | 'stressPage' | 'surface', run: (page: P, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
  return frame.evaluate(([text, key, value]) => (0, eval)(`(${text})`)(window[key], value), [run.toString(), name, argument] as const)
}

/** The app's address on another site than the portal's, as in life. */
export function crossSite(url: string): string {
  return url.replace('127.0.0.1', 'localhost')
}
