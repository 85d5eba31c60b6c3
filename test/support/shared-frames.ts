import type { Frame, Page } from 'playwright-core'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { TestPage } from '../fixtures/connection-page/main'
import type { PageServer } from './connection-page'
import type { RealChromium } from './real-chromium'

/** Many frames of one app in one browser, over several tabs, each with the connection page in it. */
export interface SharedFrames {
  portal: Portal
  tabs: Page[]
  /** The app's frames that have loaded, in all tabs or in one. */
  frames: (tab?: Page) => Frame[]
  /** Resolves with that many frames of a tab, once they have loaded. */
  loaded: (tab: Page, count: number) => Promise<Frame[]>
  openTab: () => Promise<Page>
  close: () => Promise<void>
}

/** @param app the page server; its pages share where `?share` is in the portal's option `app` */
export async function openSharedFrames({ context }: RealChromium, pages: PageServer, options: Partial<PortalOptions> = {}, query = 'share'): Promise<SharedFrames> {
  const app = `${pages.url}/?${query}`
  const portal = await createPortal({ method: 'get', ...options, app })
  const tabs: Page[] = []

  const frames = (tab?: Page) => (tab ? [tab] : tabs).filter(one => !one.isClosed()).flatMap(one => one.frames()).filter(frame => frame.url().startsWith(pages.url) && !frame.isDetached())

  async function openTab(): Promise<Page> {
    const tab = await context.newPage()
    tabs.push(tab)
    await tab.goto(portal.url)
    return tab
  }

  return {
    portal,
    tabs,
    frames,
    openTab,
    async loaded(tab, count) {
      for (;;) {
        const found = frames(tab)
        if (found.length === count) {
          await Promise.all(found.map(frame => frame.waitForFunction(() => 'testPage' in window, null, { polling: 50 })))
          return found
        }
        await tab.waitForTimeout(20)
      }
    },
    async close() {
      for (const tab of tabs) await tab.close().catch(() => {})
      await portal.close()
    },
  }
}

export const roleOf = (frame: Frame): Promise<string | null> => inFrame(frame, ({ connection }) => connection.session.role)

/** The function travels as text, so it may use only its arguments. */
export function inFrame<R, A>(frame: Frame, run: (page: TestPage, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
  return frame.evaluate(([text, value]) => (0, eval)(`(${text})`)(window.testPage, value), [run.toString(), argument] as const)
}
