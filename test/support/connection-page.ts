import type { Browser, Frame, Page } from 'playwright-core'
import type { Portal, PortalOptions } from '../../src/portal'
import type { TestPage } from '../fixtures/connection-page/main'
import type { PageProblems } from './browser'
import { servePage } from './built-page'
import type { PageServer } from './built-page'
import { frameIn, openPortal, runIn, withGlobal } from './portal-page'

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
  const { portal, page, problems, appFrame, reopen, close } = await openPortal(browser, { method: 'get', ...options })
  let frame = await withGlobal(await appFrame(), 'testPage')
  return {
    portal,
    page,
    get frame() {
      return frame
    },
    problems,
    inFrame: (run, argument) => runIn(frame, 'testPage', run, argument),
    async reopen() {
      await reopen()
      frame = await withGlobal(await appFrame(), 'testPage')
    },
    close,
  }
}

/** A frame that the portal shows, by its id; its connection is started and connected. */
export async function connectedFrame(page: Page, frameId: string): Promise<Frame> {
  const frame = await withGlobal(await frameIn(page.locator(`[data-frame-id="${frameId}"]`)), 'testPage')
  await frame.evaluate(() => window.testPage.connection.start())
  await frame.waitForFunction(() => window.testPage.connection.state.status === 'connected', null, { polling: 50 })
  return frame
}

/** The commands that have arrived in a frame, in order. */
export function commandsIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => window.testPage.recorded.messages.map(({ command }) => command))
}
