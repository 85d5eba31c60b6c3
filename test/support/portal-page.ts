import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'

/** A dev portal, and its page open in a browser of its own profile. */
export interface OpenPortal {
  portal: Portal
  page: Page
  problems: PageProblems
  /** The first frame of the app. */
  app: FrameLocator
  /** The slider over it. */
  slider: FrameLocator
  /** An element of the first frame, by its `data-testid`. */
  inApp: (testId: string) => Locator
  close: () => Promise<void>
}

/** Opens an app in a new dev portal, as a person would, in a profile of its own. */
export async function openPortal(browser: Browser, options: PortalOptions): Promise<OpenPortal> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const opened = await openPortalIn(context, options)
  return {
    ...opened,
    async close() {
      await context.close()
      await opened.close()
    },
  }
}

/** The same in a profile that is there already. */
export async function openPortalIn(context: BrowserContext, options: PortalOptions): Promise<OpenPortal> {
  const portal = await createPortal({ limits: false, ...options })
  const page = await context.newPage()
  const problems = watchProblems(page)
  await page.goto(portal.url)
  const app = page.frameLocator('[data-testid="app-frame"]')
  return {
    portal,
    page,
    problems,
    app,
    slider: page.frameLocator('[data-testid="slider-frame"]'),
    inApp: testId => app.getByTestId(testId),
    async close() {
      await page.close()
      await portal.close()
    },
  }
}

/** The app's address on another site than the portal's, as in life. */
export function crossSite(url: string): string {
  return url.replace('127.0.0.1', 'localhost')
}
