import { fileURLToPath } from 'node:url'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { Surface } from '../fixtures/surface-page/main'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'

const root = fileURLToPath(new URL('../fixtures/surface-page', import.meta.url))
const outDir = fileURLToPath(new URL('../../.packed/surface-page', import.meta.url))

/** Builds the page in which composables are mounted one by one, and serves it on a free loopback port. */
export async function serveSurfacePage(): Promise<{ url: string, stop: () => Promise<void> }> {
  const shared = { root, configFile: false, logLevel: 'error' } as const
  await build({ ...shared, build: { outDir, emptyOutDir: true, minify: false } })
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const address = server.httpServer.address()
  if (typeof address !== 'object' || !address) throw new Error('The preview server has no address.')
  return { url: `http://localhost:${address.port}`, stop: () => server.close() }
}

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
  const portal = await createPortal({ method: 'get', ...options })
  const context = await browser.newContext()
  const page = await context.newPage()
  const problems = watchProblems(page)
  await page.goto(portal.url)
  const app = page.frameLocator('[data-testid="app-frame"]')
  await app.getByTestId('status').filter({ hasText: /^connected$/ }).waitFor()

  const inFrame: OpenSurface['inFrame'] = (run, argument) => app.locator('body').evaluate(
    (_body, [text, value]) => (0, eval)(`(${text})`)(window.surface, value),
    [run.toString(), argument] as const,
  )
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
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden),
    async close() {
      await context.close()
      await portal.close()
    },
  }
}
