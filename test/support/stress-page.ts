import type { Browser, BrowserContext, CDPSession, Frame, Page } from 'playwright-core'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { StressPage } from '../fixtures/stress-page/main'
import { watchProblems } from './browser'
import type { PageProblems } from './browser'
import { servePage } from './built-page'
import type { PageServer } from './built-page'

/** Serves the page of an app that can be put under stress. */
export const serveStressPage = (headers?: Record<string, string>): Promise<PageServer> => servePage('stress-page', headers)

/** The app in a frame of a portal of its own. */
export interface OpenStress {
  portal: Portal
  page: Page
  frame: Frame
  problems: PageProblems
  /** Lines that this module wrote into the page's console. */
  lines: string[]
  /** Runs in the app's frame. The function travels as text, so it may use only its arguments. */
  inFrame: <R, A>(run: (page: StressPage, argument: A) => R | Promise<R>, argument?: A) => Promise<R>
  /** Resolves when the status is this one. */
  status: (status: string) => Promise<void>
  /** Sends a numbered message and resolves when it has arrived. */
  sendAndHear: (n: number) => Promise<void>
  /** Bytes that the frame's scripts hold on to, after collecting garbage. */
  heap: () => Promise<number>
  close: () => Promise<void>
}

export interface StressOptions extends PortalOptions {
  /** Done with the context before the page is opened. */
  prepare?: (context: BrowserContext) => Promise<unknown>
}

export async function openStress(browser: Browser, { prepare, ...options }: StressOptions): Promise<OpenStress> {
  const portal = await createPortal({ method: 'get', limits: false, ...options })
  const context = await browser.newContext()
  await prepare?.(context)
  const page = await context.newPage()
  const problems = watchProblems(page)
  const lines: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('b24-pull')) lines.push(message.text())
  })
  await page.goto(portal.url)
  const element = await page.waitForSelector('[data-testid="app-frame"]')
  const frame = await element.contentFrame()
  if (!frame) throw new Error('The portal shows no frame.')
  await frame.waitForFunction(() => 'stressPage' in window)
  let session: Promise<CDPSession> | undefined

  const inFrame: OpenStress['inFrame'] = (run, argument) => frame.evaluate(
    ([text, value]) => (0, eval)(`(${text})`)(window.stressPage, value),
    [run.toString(), argument] as const,
  )
  return {
    portal,
    page,
    frame,
    problems,
    lines,
    inFrame,
    async status(status) {
      await frame.waitForFunction(word => window.stressPage.pull.status.value === word, status).catch(async (error: Error) => {
        const now = await inFrame(({ pull }) => `${pull.status.value}, ${pull.reason.value?.message} ${pull.reason.value?.why}`)
        throw new Error(`The status is not ${status} but ${now}`, { cause: error })
      })
    },
    async sendAndHear(n) {
      portal.emit({ module: 'application', command: 'numbered', params: { n } })
      await frame.waitForFunction(wanted => window.stressPage.heard.numbers.includes(wanted), n)
    },
    async heap() {
      session ??= context.newCDPSession(frame)
      const client = await session
      await client.send('HeapProfiler.collectGarbage')
      await client.send('HeapProfiler.collectGarbage')
      return (await client.send('Runtime.getHeapUsage')).usedSize
    },
    async close() {
      await context.close()
      await portal.close()
    },
  }
}
