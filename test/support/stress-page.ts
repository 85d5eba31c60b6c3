import type { Browser, CDPSession, Frame, Page } from 'playwright-core'
import type { Portal } from '../../src/portal'
import type { StressPage } from '../fixtures/stress-page/main'
import type { PageProblems } from './browser'
import { servePage } from './built-page'
import type { PageServer } from './built-page'
import { openPortal, runIn, withGlobal } from './portal-page'
import type { OpenOptions } from './portal-page'

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

export async function openStress(browser: Browser, { prepare, ...options }: OpenOptions): Promise<OpenStress> {
  const lines: string[] = []
  const { portal, context, page, problems, appFrame, close } = await openPortal(browser, {
    method: 'get',
    ...options,
    async prepare(context) {
      context.on('console', (message) => {
        if (message.text().includes('b24-pull')) lines.push(message.text())
      })
      await prepare?.(context)
    },
  })
  const frame = await withGlobal(await appFrame(), 'stressPage')
  let session: Promise<CDPSession> | undefined

  const inFrame: OpenStress['inFrame'] = (run, argument) => runIn(frame, 'stressPage', run, argument)
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
    close,
  }
}
