import type { CDPSession, Frame, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { createPortal } from '../../src/portal'
import type { Portal, PortalOptions } from '../../src/portal'
import type { TestPage } from '../fixtures/connection-page/main'
import type { PageServer } from './connection-page'
import { PATIENCE } from './patience'
import { runIn } from './portal-page'
import type { RealChromium } from './real-chromium'

/** Frames of one app in one browser, over several tabs of the portal, with the connection page in each. */
export interface SharedFrames {
  portal: Portal
  /** Opens a tab of the portal; resolves when its frames have loaded. */
  openTab: () => Promise<Page>
  /** Opens all frames of all tabs anew. */
  reopen: () => Promise<void>
  /** The app's frames that live, in all tabs or in one. */
  frames: (tab?: Page) => Frame[]
  /** Starts the frames one after the other, each once the one before is connected. */
  startAll: (frames: Frame[]) => Promise<void>
  /** Resolves with the one that leads once all others follow and all are connected. */
  leader: () => Promise<Frame>
  /** Sends one numbered message; resolves once every frame has heard it. */
  send: () => Promise<void>
  /** Sends numbered messages, so many in a second, until what this returns is called; that sends a last one, and resolves as `send()` does. */
  flow: (perSecond: number) => () => Promise<void>
  /** What each frame, or some of them, have heard: no hole, nothing twice, in order. */
  expectWhole: (of?: Frame[]) => Promise<void>
  close: () => Promise<void>
}

/** What of Chromium and the pages is shared by the tests of a file. */
export interface SharedFramesOptions extends Partial<PortalOptions> {
  /** Frames in each tab. */
  count?: number
  /** Of the app's address. */
  query?: string
}

export async function openSharedFrames({ context }: Pick<RealChromium, 'context'>, pages: PageServer, { count = 2, query = 'share', ...options }: SharedFramesOptions = {}): Promise<SharedFrames> {
  const portal = await createPortal({ method: 'get', limits: false, ...options, app: `${pages.url}/?${query}` })
  const tabs: Page[] = []
  const flows = new Set<ReturnType<typeof setInterval>>()
  let sent = 0

  const frames = (tab?: Page) => (tab ? [tab] : tabs).filter(one => !one.isClosed()).flatMap(one => one.frames())
    .filter(frame => frame.url().startsWith(pages.url) && !frame.isDetached())

  while (portal.frames.length < count) portal.openFrame()

  async function waitUntil<T>(what: string, ask: () => Promise<T | false | null | undefined>): Promise<T> {
    try {
      return await vi.waitUntil(() => ask().catch(() => null), { timeout: PATIENCE, interval: 20 }) as T
    }
    catch (cause) {
      throw new Error(`${what} did not come about: ${JSON.stringify(await Promise.all(frames().map(frame => describeFrame(frame).catch(String))))}`, { cause })
    }
  }

  const loaded = (tab: Page) => waitUntil('a tab with its frames', async () => {
    const found = frames(tab)
    const isLoaded = await Promise.all(found.map(frame => frame.evaluate(() => 'testPage' in window)))
    return found.length === portal.frames.length && isLoaded.every(Boolean)
  })

  async function openTab(): Promise<Page> {
    const tab = await context.newPage()
    tabs.push(tab)
    await tab.goto(portal.url)
    await loaded(tab)
    return tab
  }

  async function startAll(started: Frame[]): Promise<void> {
    for (const frame of started) {
      await inFrame(frame, ({ connection }) => connection.start())
      await waitUntil('a connection', () => inFrame(frame, ({ connection }) => connection.state.status === 'connected'))
    }
  }

  function leader(): Promise<Frame> {
    return waitUntil('one leader, with all others connected behind it', async () => {
      const living = frames()
      const states = await Promise.all(living.map(frame => inFrame(frame, ({ connection }) => [connection.session.role, connection.state.status] as const)))
      const leading = states.findIndex(([role]) => role === 'leader')
      const isWhole = states.every(([role, status], i) => status === 'connected' && role === (i === leading ? 'leader' : 'follower'))
      return leading >= 0 && isWhole && portal.connections.length === 1 && living[leading]
    })
  }

  const emit = () => portal.emit({ module: 'application', command: 'numbered', params: { n: ++sent } })

  async function send(): Promise<void> {
    emit()
    for (const frame of frames()) {
      await waitUntil('the last message', () => inFrame(frame, ({ recorded }, last) => recorded.messages.at(-1)?.params.n === last, sent))
    }
  }

  return {
    portal,
    openTab,
    async reopen() {
      // In new tabs: after a reload a connection goes on from where the page was, and a page that is left stays in the back/forward
      // cache with its stream from the portal open, of which a browser has six.
      const count = tabs.length
      for (const tab of tabs.splice(0)) await tab.close()
      for (let i = 0; i < count; i++) await openTab()
    },
    frames,
    startAll,
    leader,
    send,
    flow(perSecond) {
      const began = performance.now()
      let due = 0
      const timer = setInterval(() => {
        for (const end = Math.floor((performance.now() - began) * perSecond / 1_000); due < end; due++) emit()
      }, 5)
      flows.add(timer)
      return () => {
        clearInterval(timer)
        return send()
      }
    },
    async expectWhole(of = frames()) {
      for (const frame of of) {
        const { heard, gaps } = await inFrame(frame, ({ recorded }) => ({ heard: recorded.messages.filter(({ command }) => command === 'numbered').map(({ params }) => params.n as number), gaps: recorded.gaps }))
        const first = heard[0] ?? 1
        expect(heard).toEqual(Array.from({ length: heard.length }, (_, i) => first + i))
        expect(heard.at(-1)).toBe(sent)
        expect(gaps).toEqual([])
      }
    },
    async close() {
      flows.forEach(clearInterval)
      for (const tab of tabs) await tab.close().catch(() => {})
      await portal.close()
    },
  }
}

export function inFrame<R, A>(frame: Frame, run: (page: TestPage, argument: A) => R | Promise<R>, argument?: A): Promise<R> {
  return runIn(frame, 'testPage', run, argument)
}

const describeFrame = (frame: Frame) => inFrame(frame, ({ connection, recorded }) => [connection.session.role, connection.state, recorded.messages.length, recorded.gaps])

export const rolesOf = (frames: Frame[]): Promise<(string | null)[]> => Promise.all(frames.map(frame => inFrame(frame, ({ connection }) => connection.session.role)))

/** The debugger's view of the tab that a frame is in. */
export const sessionOf = (frame: Frame): Promise<CDPSession> => frame.page().context().newCDPSession(frame.page())

/** A frame by the debugger's name for it. Playwright loses sight of the frames of a page that comes back from the back/forward cache. */
export interface CachedFrame {
  run: <R>(run: (page: TestPage) => R) => Promise<R>
}

/** To be called while the frame is there. */
export async function cachedFrameOf(frame: Frame, { address }: Pick<RealChromium, 'address'>): Promise<CachedFrame> {
  const session = await frame.page().context().newCDPSession(frame)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  await session.detach()
  return {
    async run(run) {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/devtools/page/${targetInfo.targetId}`)
      try {
        return await new Promise((resolve, reject) => {
          socket.onerror = () => reject(new Error('The frame is not there.'))
          socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: `(${run})(window.testPage)`, returnByValue: true } }))
          socket.onmessage = ({ data }) => resolve(JSON.parse(data as string).result.result.value)
        })
      }
      finally {
        socket.close()
      }
    },
  }
}

/** Why a page did not come back out of the back/forward cache; of the type `Circumstantial` is what has nothing to do with the page. */
export interface NotRestored { type: string, reason: string }

/** Goes back in a tab, to a page that is in the browser's back/forward cache. @returns why it was not restored from there; nothing where it was */
export async function goBackByCache(tab: Page): Promise<NotRestored[]> {
  const devtools = await tab.context().newCDPSession(tab)
  await devtools.send('Page.enable')
  const answer = new Promise<NotRestored[]>((resolve) => {
    devtools.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => resolve(notRestoredExplanations))
    devtools.on('Page.frameNavigated', ({ type }) => type === 'BackForwardCacheRestore' && resolve([]))
  })
  // Without waiting for a load, of which there is none; and once this is answered, because it ends the page in which it is run.
  await tab.evaluate(() => void setTimeout(() => history.back()))
  return answer.finally(() => devtools.detach())
}
