import type { Browser, FrameLocator, Page } from 'playwright-core'
import type { Portal, PortalOptions } from '../../src/portal'
import type { Surface } from '../fixtures/surface-page/main'
import type { PageProblems } from './browser'
import { servePage } from './built-page'
import type { PageServer } from './built-page'
import { openPortal, runIn } from './portal-page'

/** Serves the page in which composables are mounted one by one. */
export const serveSurfacePage = (): Promise<PageServer> => servePage('surface-page')

/** The page in a frame of a new portal, connected. */
export interface OpenSurface {
  portal: Portal
  page: Page
  app: FrameLocator
  problems: PageProblems
  /** Runs in the app's frame. The function travels as text, so it may use only its arguments. */
  inFrame: <R, A>(run: (surface: Surface, argument: A) => R | Promise<R>, argument?: A) => Promise<R>
  /** Mounts so many instances of a component of the fixture in one tick. */
  mount: (name: string, props?: Record<string, unknown>, count?: number) => Promise<void>
  unmountAll: () => Promise<void>
  /** The texts of all elements with this `data-testid`. */
  texts: (testId: string) => Promise<string[]>
  /** How often clients have called this method of the push server. */
  serverCalls: (method: string) => number
  /** Hides the page or shows it again, as the browser would tell it. */
  setHidden: (hidden: boolean) => Promise<void>
  close: () => Promise<void>
}

export async function openSurface(browser: Browser, options: PortalOptions): Promise<OpenSurface> {
  const { portal, page, app, problems, inApp, appFrame, close } = await openPortal(browser, { method: 'get', ...options })
  await inApp('status').filter({ hasText: /^connected$/ }).waitFor()
  const inFrame: OpenSurface['inFrame'] = async (run, argument) => runIn(await appFrame(), 'surface', run, argument)
  return {
    portal,
    page,
    app,
    problems,
    inFrame,
    mount: (name, props, count) => inFrame((surface, [what, given, times]) => surface.mount(what, given, times), [name, props, count] as const),
    unmountAll: () => inFrame(surface => surface.unmountAll()),
    texts: testId => app.getByTestId(testId).allTextContents(),
    serverCalls: method => portal.log.filter(({ title }) => title === `Client calls ${method}`).length,
    setHidden: hidden => inFrame((_surface, isHidden) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => isHidden ? 'hidden' : 'visible' })
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden),
    close,
  }
}
