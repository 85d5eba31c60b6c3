import fc from 'fast-check'
import type { Frame } from 'playwright-core'
import { expect, it } from 'vitest'
import { framesForFile } from '../support/frames-for-file'
import { hostileMessages } from '../support/hostile-messages'
import { inFrame, rolesOf } from '../support/shared-frames'

// What no driver can hand over (a NaN, a Date, a function) is in the unit test of the same name.
const COUNT = import.meta.env.MODE === 'long' ? 100_000 : 10_000
const PER_ROUND = 2_500

const site = framesForFile()

/** Bytes in use by the frame's process, garbage collected. All frames of the app are in one. */
async function heapOf(frame: Frame): Promise<number> {
  const session = await frame.page().context().newCDPSession(frame)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

it(`hears nothing of ${COUNT} hostile messages of a script of the same origin, throws nothing and keeps none of them`, async () => {
  const shared = await site.open({ count: 3, server: { version: 5 } })
  const tab = await shared.openTab()
  const thrown: string[] = []
  tab.on('pageerror', error => thrown.push(String(error)))
  const [leader, follower, hostile] = shared.frames() as [Frame, Frame, Frame]
  await shared.startAll([leader, follower])
  expect(await rolesOf([leader, follower])).toEqual(['leader', 'follower'])
  // The third frame starts nothing: it only knows the name of the channel, and what was said there.
  await hostile.evaluate(async () => {
    const { held } = await navigator.locks.query()
    const channel = new BroadcastChannel(held!.find(({ name }) => name!.startsWith('b24-pull/'))!.name!)
    const heard: unknown[] = []
    channel.onmessage = ({ data }) => heard.length < 5 && heard.push(data)
    Object.assign(window, { channel, heard })
  })
  const settled = async (n: number) => {
    shared.portal.emit({ module: 'application', command: 'numbered', params: { n } })
    for (const frame of [leader, follower]) await expect.poll(() => inFrame(frame, ({ recorded }) => recorded.messages.at(-1)?.params.n)).toBe(n)
  }
  for (let n = 1; n <= 5; n++) await settled(n)
  const heard = await hostile.evaluate(() => (window as unknown as { heard: unknown[] }).heard)

  const rounds = COUNT / PER_ROUND
  const heaps: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const messages = fc.sample(hostileMessages(heard), { numRuns: PER_ROUND, seed: round }).map(message => JSON.stringify(message) ?? 'null')
    await hostile.evaluate((texts) => {
      for (const text of texts) (window as unknown as { channel: BroadcastChannel }).channel.postMessage(JSON.parse(text))
    }, messages)
    await settled(5 + round)
    heaps.push(await heapOf(leader))
  }

  expect(thrown).toEqual([])
  expect(await rolesOf([leader, follower])).toEqual(['leader', 'follower'])
  for (const frame of [leader, follower]) {
    const { ns, gaps, changes } = await inFrame(frame, ({ recorded }) => ({ ns: recorded.messages.map(({ params }) => params.n), gaps: recorded.gaps, changes: recorded.changes.map(({ current }) => current) }))
    expect(ns).toEqual(Array.from({ length: 5 + rounds }, (_, i) => i + 1))
    expect(gaps).toEqual([])
    expect(changes).toEqual(['connecting', 'connected'])
  }
  const growth = heaps.at(-1)! - heaps[0]!
  console.info(`${COUNT} hostile messages: the heap of the app's frames is ${Math.round(growth / 1_000)} kB larger after the last ${COUNT - PER_ROUND}`)
  // Nine bytes of each, if it kept them; a message has a hundred.
  expect(growth).toBeLessThan(COUNT * 10)
  await shared.close()
})
