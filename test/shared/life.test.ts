import type { Frame } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { serveConnectionPage } from '../support/connection-page'
import type { PageServer } from '../support/connection-page'
import { startRealChromium } from '../support/real-chromium'
import type { RealChromium } from '../support/real-chromium'
import { inFrame, openSharedFrames, rolesOf, sessionOf } from '../support/shared-frames'
import type { SharedFrames, SharedFramesOptions } from '../support/shared-frames'

let chromium: RealChromium
let pages: PageServer
let shared: SharedFrames

beforeAll(async () => {
  [chromium, pages] = await Promise.all([startRealChromium(), serveConnectionPage()])
})

afterAll(async () => {
  await chromium?.close()
  await pages?.stop()
})

afterEach(() => shared.close())

/** Two tabs with a frame each: the first leads, the second is in front. */
async function openTwo(options: SharedFramesOptions = {}): Promise<{ first: Frame, second: Frame, stop: () => Promise<void> }> {
  shared = await openSharedFrames(chromium, pages, { count: 1, server: { version: 5 }, ...options })
  for (const tab of [await shared.openTab(), await shared.openTab()]) await shared.startAll(shared.frames(tab))
  const [first, second] = shared.frames() as [Frame, Frame]
  expect(await rolesOf([first, second])).toEqual(['leader', 'follower'])
  const stop = shared.flow(50)
  for (const frame of [first, second]) await expect.poll(() => inFrame(frame, ({ recorded }) => recorded.messages.length)).toBeGreaterThan(0)
  return { first, second, stop }
}

const role = (frame: Frame) => inFrame(frame, ({ connection }) => connection.session.role)
const leads = (frame: Frame) => expect.poll(() => inFrame(frame, ({ connection }) => `${connection.session.role} ${connection.state.status}`)).toBe('leader connected')
const follows = (frame: Frame) => expect.poll(() => inFrame(frame, ({ connection }) => `${connection.session.role} ${connection.state.status}`)).toBe('follower connected')
const gapsOf = (frame: Frame) => inFrame(frame, ({ recorded }) => recorded.gaps.map(({ cause }) => cause))

/** ms from a moment until a frame led, by its own record. */
const ledAfter = (frame: Frame, at: number) => inFrame(frame, ({ recorded }, since) => recorded.changes.find(change => change.at >= since && change.current === 'connected')!.at - since, at)

describe('the leader\'s page stands still', () => {
  it('lets the next one lead at once when it is frozen, and follows when it runs again, with a gap for what it did not hear', async () => {
    const { first, second, stop } = await openTwo()
    const devtools = await sessionOf(first)
    const at = Date.now()
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await leads(second)
    console.info(`frozen: the next was connected after ${await ledAfter(second, at)} ms`)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await follows(first)
    await stop()
    expect(await gapsOf(second)).toEqual([])
    expect(await gapsOf(first)).toEqual(['handed-over'])
  })

  it('is told of no gap where nothing was sent while it was frozen', async () => {
    const { first, second, stop } = await openTwo()
    await stop()
    const devtools = await sessionOf(first)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await leads(second)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await follows(first)
    await shared.flow(50)()
    await shared.expectWhole()
  })

  it('loses the lock within half a minute where it is frozen without being told so', async () => {
    const { first, second, stop } = await openTwo({ query: 'share&no-freeze' })
    await second.page().bringToFront()
    await stop()
    const devtools = await sessionOf(first)
    const at = Date.now()
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await leads(second)
    const took = await ledAfter(second, at)
    console.info(`frozen without its event: the next was connected after ${took} ms`)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await follows(first)
    await shared.flow(50)()
    await shared.expectWhole()
  })

  it('lets the next one lead when it goes to the back/forward cache, and follows when it is back', async () => {
    const { first, second, stop } = await openTwo()
    const tab = first.page()
    const at = Date.now()
    await tab.goto('about:blank')
    await leads(second)
    console.info(`away in the back/forward cache: the next was connected after ${await ledAfter(second, at)} ms`)
    await tab.goBack()
    await expect.poll(() => shared.frames().length).toBe(2)
    const back = shared.frames().find(frame => frame !== second)!
    const isSamePage = await inFrame(back, ({ recorded }) => recorded.messages.length > 0)
    expect(isSamePage).toBe(true)
    await follows(back)
    await stop()
    expect(await gapsOf(second)).toEqual([])
    expect(await gapsOf(back)).toEqual(['handed-over'])
  })
})

describe('the lock', () => {
  it('can be taken from a living leader, which follows then, and nobody loses anything', async () => {
    const { first, second, stop } = await openTwo()
    for (let i = 0; i < 10; i++) {
      const before = await shared.leader()
      await before.evaluate(async () => {
        const { held } = await navigator.locks.query()
        await navigator.locks.request(held!.find(({ name }) => name!.startsWith('b24-pull/'))!.name!, { steal: true }, () => {})
      })
      await expect.poll(() => role(before)).toBe('follower')
    }
    await shared.leader()
    await stop()
    await shared.expectWhole()
    expect([first, second]).toHaveLength(2)
  })

  it('goes on where the leader is gone before its first message, with the gap that this is', async () => {
    shared = await openSharedFrames(chromium, pages, { count: 2, server: { version: 4, mode: 'shared' } })
    const tab = await shared.openTab()
    await shared.startAll(shared.frames(tab))
    const [first, second] = shared.frames() as [Frame, Frame]
    await (await first.frameElement()).evaluate(iframe => (iframe as HTMLElement).remove())
    await leads(second)
    expect(await gapsOf(second)).toEqual(['no-id'])
    await shared.flow(50)()
    expect(await inFrame(second, ({ recorded }) => recorded.messages.length)).toBeGreaterThan(0)
  })
})
