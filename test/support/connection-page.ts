import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Frame, Locator, Page } from 'playwright-core'
import { build, preview } from 'vite'
import type { PreviewServer } from 'vite'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { TestPage } from '../fixtures/connection-page/main'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'

const root = fileURLToPath(new URL('../fixtures/connection-page', import.meta.url))

export interface PageServer {
  url: string
  stop: () => Promise<void>
}

/** Builds the page that holds nothing but the SDK adapter, and serves it on a free loopback port. */
export async function serveConnectionPage(): Promise<PageServer> {
  const shared = { root, configFile: false, logLevel: 'error' } as const
  // A folder for each process: test files build it at the same time.
  const outDir = mkdtempSync(join(tmpdir(), 'connection-page-'))
  await build({ ...shared, build: { outDir, emptyOutDir: true, minify: false } })
  const server: PreviewServer = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const address = server.httpServer.address()
  if (typeof address !== 'object' || !address) throw new Error('The preview server has no address.')
  return { url: `http://localhost:${address.port}`, stop: async () => {
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  } }
}

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
  const portal = await createPortal({ method: 'get', ...options })
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
