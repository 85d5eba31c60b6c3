import type { CDPSession } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageForFile } from '../support/page-for-file'
import { countTimers, liveTimers } from '../support/page-timers'
import { openStress, serveStressPage } from '../support/stress-page'
import type { OpenStress } from '../support/stress-page'

const TIMES = 1_000
/** How often with a connection between start and stop. */
const CONNECTS = import.meta.env.MODE === 'long' ? 1_000 : 50

const site = pageForFile(serveStressPage)

interface Counts { listeners: number, timers: number, sockets: number }

async function openCounted(): Promise<{ open: OpenStress, counts: () => Promise<Counts> }> {
  const open = await openStress(site.browser, {
    app: `${site.url}?autoStart=false`,
    // From a first ping on, the SDK has one timer more: it waits for the next.
    pingInterval: 3_600_000,
    prepare: context => context.addInitScript(countTimers),
  })
  const session: CDPSession = await open.page.context().newCDPSession(open.frame)
  async function listenersOf(expression: string): Promise<number> {
    const { result } = await session.send('Runtime.evaluate', { expression })
    return (await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! })).listeners.length
  }
  return {
    open,
    counts: async () => ({
      listeners: await listenersOf('window') + await listenersOf('document'),
      timers: await liveTimers(open.frame),
      sockets: open.portal.connections.length,
    }),
  }
}

/** What there is when no timer and no socket is left. */
async function settled(counts: () => Promise<Counts>): Promise<Counts> {
  await expect.poll(counts, { interval: 100 }).toMatchObject({ timers: 0, sockets: 0 })
  return counts()
}

/** Resolves when everything counts as it did. A timer of the SDK's REST client may still be under way; one that was before may have ended. */
async function areBack(counts: () => Promise<Counts>, { timers, ...rest }: Counts): Promise<void> {
  await expect.poll(async () => {
    const now = await counts()
    return { ...now, timers: Math.max(now.timers, timers) }
  }, { interval: 100 }).toEqual({ timers, ...rest })
}

describe(`after ${TIMES} times`, () => {
  it('stop and start at once, listeners, timers and sockets are back to what they were', async () => {
    const { open, counts } = await openCounted()
    // Once first: what is loaded for good may stay.
    await open.inFrame(page => page.pull.start())
    await open.inFrame(page => page.pull.stop())
    const before = await settled(counts)
    await open.inFrame(({ pull }, times) => {
      for (let i = 0; i < times; i++) {
        void pull.start()
        pull.stop()
      }
    }, TIMES)
    await areBack(counts, before)
    await open.inFrame(page => page.pull.start())
    await open.sendAndHear(1)
    expect(open.portal.connections).toHaveLength(1)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  })

  it(`start, connect and stop ${CONNECTS} times, nothing is left either`, async () => {
    const { open, counts } = await openCounted()
    await open.inFrame(page => page.pull.start())
    await open.inFrame(page => page.pull.stop())
    const before = await settled(counts)
    await open.inFrame(async ({ pull }, times) => {
      // Else the SDK makes two REST calls a second at most, after the first fifty.
      const { value: frame } = pull.frame
      await frame!.setRestrictionManagerParams({ ...frame!.getHttpClient('v2' as never).getRestrictionManagerParams(), rateLimit: { burstLimit: 1e6, drainRate: 1e6, adaptiveEnabled: false } })
      for (let i = 0; i < times; i++) {
        await pull.start()
        if (pull.status.value !== 'connected') throw new Error(`Start ${i} ended in ${pull.status.value}: ${pull.reason.value?.message}`)
        pull.stop()
      }
    }, CONNECTS)
    expect(await open.inFrame(({ heard }) => heard.changes.filter(({ current }) => current === 'connected').length)).toBe(CONNECTS + 1)
    await areBack(counts, before)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  }, 600_000)

  it('mounting and unmounting components that listen, nothing is left and everybody hears once', async () => {
    const { open, counts } = await openCounted()
    await open.inFrame(page => page.pull.start())
    await open.sendAndHear(1)
    const before = await counts()
    await open.inFrame(async ({ setGuests }, times) => {
      const drawn = () => new Promise(resolve => queueMicrotask(() => queueMicrotask(() => resolve(undefined))))
      for (let i = 0; i < times; i++) {
        setGuests(i % 2 ? 0 : 5)
        await drawn()
      }
      setGuests(0)
    }, TIMES * 2)
    await open.frame.waitForFunction(() => document.querySelectorAll('i').length === 0)
    await open.sendAndHear(2)
    await areBack(counts, before)
    expect(await open.inFrame(({ heard }) => heard.numbers)).toEqual([1, 2])
    await open.inFrame(page => page.unmount())
    await settled(counts)
    await open.close()
  })
})
