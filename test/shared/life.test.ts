import type { Frame } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { framesForFile } from '../support/frames-for-file'
import { cachedFrameOf, goBackByCache, inFrame, rolesOf, sessionOf } from '../support/shared-frames'
import type { SharedFrames, SharedFramesOptions } from '../support/shared-frames'

// What takes half a minute and more is in the long run: `npm run test:shared`, which is the mode `long`.
const isLong = import.meta.env.MODE === 'long'

const site = framesForFile({ hasWindows: true })
let shared: SharedFrames

afterEach(() => shared.close())

/** Tabs with a frame each: the first leads, the last is in front. All have heard a message. */
async function openTabs(count: number, options: SharedFramesOptions = {}): Promise<Frame[]> {
  shared = await site.open({ count: 1, server: { version: 5 }, ...options })
  for (let i = 0; i < count; i++) await shared.startAll(shared.frames(await shared.openTab()))
  const frames = shared.frames()
  expect(await rolesOf(frames)).toEqual(['leader', ...Array.from({ length: count - 1 }, () => 'follower')])
  await shared.send()
  return frames
}

/** What shows that a frame is frozen: its tab cannot be while it is the one in front. */
const isHidden = (frame: Frame) => frame.evaluate(() => document.visibilityState === 'hidden')

async function freeze(frame: Frame): Promise<{ at: number, thaw: () => Promise<void> }> {
  expect(await isHidden(frame)).toBe(true)
  const devtools = await sessionOf(frame)
  const at = Date.now()
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  return { at, thaw: async () => {
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  } }
}

const where = (frame: Frame) => inFrame(frame, ({ connection }) => `${connection.session.role} ${connection.state.status}`)
const gapsOf = (frame: Frame) => inFrame(frame, ({ recorded }) => recorded.gaps.map(({ cause }) => cause))

/** Waits until the one frame leads and the others follow it, with one socket for all. */
async function expectLeader(leader: Frame, ...followers: Frame[]): Promise<void> {
  await expect.poll(() => Promise.all([leader, ...followers].map(where))).toEqual(['leader connected', ...followers.map(() => 'follower connected')])
  await expect.poll(() => shared.portal.connections.length).toBe(1)
}

/** Prints the ms from a moment until a frame was connected again, by its own record. */
async function printTook(what: string, frame: Frame, since: number): Promise<void> {
  const took = await inFrame(frame, ({ recorded }, at) => recorded.changes.find(change => change.at >= at && change.current === 'connected')!.at - at, since)
  console.info(`${what}: the next one was connected after ${took} ms`)
}

/** Three tabs, the first of which has led, was in the back/forward cache, and has just come back. */
async function visitCache() {
  for (;;) {
    const [first, second, third] = await openTabs(3) as [Frame, Frame, Frame]
    const tab = first.page()
    const cached = await cachedFrameOf(first, site.chromium)
    const stop = shared.flow(50)
    const at = Date.now()
    await tab.goto('about:blank')
    await expectLeader(second, third)
    await printTook('away in the back/forward cache', second, at)
    // A browser under load may have no time to keep a page, and says so: it is asked again. The page itself must never be the reason.
    const refused = await goBackByCache(tab)
    expect(refused.filter(({ type }) => type !== 'Circumstantial')).toEqual([])
    if (!refused.length) return { cached, second, third, stop }
    await stop()
    await shared.close()
  }
}

describe('the leader\'s page stands still', () => {
  it('lets the next one lead at once when it is frozen, and follows when it runs again, with a gap for what it did not hear', async () => {
    const [first, second, third] = await openTabs(3) as [Frame, Frame, Frame]
    const stop = shared.flow(50)
    const { at, thaw } = await freeze(first)
    await expectLeader(second, third)
    await printTook('frozen', second, at)
    const heard = await inFrame(second, ({ recorded }) => recorded.messages.length)
    await expect.poll(() => inFrame(second, ({ recorded }) => recorded.messages.length)).toBeGreaterThan(heard)
    await thaw()
    await expectLeader(second, first, third)
    await stop()
    expect(await gapsOf(first)).toEqual(['handed-over'])
    await shared.expectWhole([second, third])
  })

  it('is told of no gap where nothing was sent while it was frozen', async () => {
    const [first, second] = await openTabs(2) as [Frame, Frame]
    const { thaw } = await freeze(first)
    await expectLeader(second)
    await thaw()
    await expectLeader(second, first)
    await shared.send()
    await shared.expectWhole()
  })

  it('lets the next one lead when it goes to the back/forward cache, and follows when it is back', async () => {
    const { cached, second, third, stop } = await visitCache()
    await expect.poll(() => cached.run(({ connection }) => `${connection.session.role} ${connection.state.status}`)).toBe('follower connected')
    await expectLeader(second, third)
    await stop()
    await shared.expectWhole([second, third])
    const { heard, gaps } = await cached.run(({ recorded }) => ({ heard: recorded.messages.map(({ params }) => params.n), gaps: recorded.gaps.map(({ cause }) => cause) }))
    // The very page, for it knows the first message.
    expect(heard[0]).toBe(1)
    expect(gaps).toEqual(['handed-over'])
  })
})

if (isLong) describe('a leader that is not what it seems to be', () => {
  it('loses the lock within half a minute where it is frozen without being told so, and nobody loses a message that was not sent', async () => {
    const [first, second] = await openTabs(2, { query: 'share&no-freeze' }) as [Frame, Frame]
    const { at, thaw } = await freeze(first)
    await expectLeader(second)
    await printTook('frozen without its event', second, at)
    await thaw()
    await expectLeader(second, first)
    await shared.send()
    await shared.expectWhole()
  })

  it('loses the lock where it answers, but hears nothing of a push server that has to speak, and its own timers stand still', async () => {
    const [first, second] = await openTabs(2) as [Frame, Frame]
    // All but the shortest of them, as a page's that has been hidden for long.
    await first.evaluate(() => {
      const { setTimeout } = window
      window.setTimeout = ((run: () => void, ms = 0) => ms < 2_000 ? setTimeout(run, ms) : 0) as never
      window.setInterval = (() => 0) as never
      for (let id = setTimeout(() => {}); id > 0; id--) {
        clearTimeout(id)
        clearInterval(id)
      }
    })
    const at = Date.now()
    shared.portal.faults.on('stop-pings')
    await expectLeader(second, first)
    await printTook('stuck', second, at)
    shared.portal.faults.off('stop-pings')
    await shared.send()
    await shared.expectWhole()
  })
})

describe('the lock', () => {
  it('can be taken from a living leader, which follows then, and nobody loses anything', async () => {
    await openTabs(3)
    const stop = shared.flow(50)
    const took: number[] = []
    for (let i = 0; i < 10; i++) {
      const before = await shared.leader()
      const at = await before.evaluate(async () => {
        const { held } = await navigator.locks.query()
        const now = Date.now()
        await navigator.locks.request(held!.find(({ name }) => name!.startsWith('b24-pull/'))!.name!, { steal: true }, () => {})
        return now
      })
      await expect.poll(() => where(before)).toBe('follower connected')
      const after = await shared.leader()
      took.push(await inFrame(after, ({ recorded }) => recorded.changes.at(-1)!.at) - at)
    }
    await stop()
    await shared.expectWhole()
    console.info(`taken away: the next one was connected after ${Math.max(...took)} ms, the longest of ${took.length}`)
  })

  it('goes on where the leader is gone before its first message, with the gap that this is', async () => {
    shared = await site.open({ server: { version: 4, mode: 'shared' } })
    const tab = await shared.openTab()
    await shared.startAll(shared.frames(tab))
    const [first, second] = shared.frames() as [Frame, Frame]
    const at = Date.now()
    await (await first.frameElement()).evaluate(iframe => (iframe as HTMLElement).remove())
    await expectLeader(second)
    await printTook('gone before its first message', second, at)
    expect(await gapsOf(second)).toEqual(['no-id'])
    await shared.send()
    expect(await inFrame(second, ({ recorded }) => recorded.messages.length)).toBe(1)
  })
})
