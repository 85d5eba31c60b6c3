import type { Browser, Frame, Locator, Page } from 'playwright-core'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { TestPage } from '../fixtures/connection-page/main'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'
import { servePage } from './built-page'
import type { PageServer } from './built-page'

export type { PageServer }

/** Serves the page that holds nothing but the SDK adapter. */
export const serveConnectionPage = (): Promise<PageServer> => servePage('connection-page')

/** The page in a frame of a portal, its connection not yet started. */
export interface OpenConnection {
  portal: Portal
  page: Page
  /** The app's frame as it is now. */
  readonly frame: Frame
  problems: PageProblems
  /** Runs in the app's frame. The function travels as text, so it may use only its arguments. */
  inFrame: <R, A>(run: (page: TestPage, argument: A) => R | Promise<R>, argument?: A) => Promise<R>
  /** Opens the frame anew, as a person does who leaves the app and comes back. */
  reopen: () => Promise<void>
  close: () => Promise<void>
}

export async function openConnection(browser: Browser, options: PortalOptions): Promise<OpenConnection> {
  const portal = await createPortal({ method: 'get', limits: false, ...options })
  const context = await browser.newContext()
  const page = await context.newPage()
  const problems = watchProblems(page)
  await page.goto(portal.url)
  let frame = await appFrame(page)

  return {
    portal,
    page,
    get frame() {
      return frame
    },
    problems,
    inFrame: (run, argument) => frame.evaluate(
      ([text, value]) => (0, eval)(`(${text})`)(window.testPage, value),
      [run.toString(), argument] as const,
    ),
    async reopen() {
      const before = await page.getByTestId('app-frame').elementHandle()
      portal.reloadFrame(portal.frames[0]!.id)
      await page.waitForFunction(old => !old?.isConnected, before)
      frame = await appFrame(page)
    },
    async close() {
      await context.close()
      await portal.close()
    },
  }
}

/** A frame that the portal shows, by its id; its connection is started and connected. */
export async function connectedFrame(page: Page, frameId: string): Promise<Frame> {
  const frame = await loadedFrame(page.locator(`[data-frame-id="${frameId}"]`))
  await frame.evaluate(() => window.testPage.connection.start())
  // By a timer: a frame behind another tab draws no animation frames.
  await frame.waitForFunction(() => window.testPage.connection.state.status === 'connected', null, { polling: 50 })
  return frame
}

/** The commands that have arrived in a frame, in order. */
export function commandsIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => window.testPage.recorded.messages.map(({ command }) => command))
}

function appFrame(page: Page): Promise<Frame> {
  return loadedFrame(page.getByTestId('app-frame'))
}

async function loadedFrame(iframe: Locator): Promise<Frame> {
  const element = await iframe.elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error('The portal shows no such frame.')
  await frame.waitForFunction(() => 'testPage' in window, null, { polling: 50 })
  return frame
}
