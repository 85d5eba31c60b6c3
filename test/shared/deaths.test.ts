import type { Frame, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { framesForFile } from '../support/frames-for-file'
import { PATIENCE } from '../support/patience'
import { inFrame, sessionOf } from '../support/shared-frames'
import type { SharedFrames } from '../support/shared-frames'

// 216 of them in the long run: `npm run test:shared`, which is the mode `long`.
const isLong = import.meta.env.MODE === 'long'
const DEATHS = isLong ? 12 : 2
const PER_SECOND = 200
/** Messages that the push server keeps. On a busy machine it takes longer than the usual thousand of them until the next frame leads. */
const HISTORY = PER_SECOND * PATIENCE / 1_000

const site = framesForFile()
let shared: SharedFrames

afterEach(() => shared.close())

const servers = [5, 4, 3].flatMap(version => (['websocket', 'long-polling'] as const).map(transport => (
  { version, transport, mode: version === 4 ? 'shared' : 'personal', history: HISTORY } as NonNullable<PortalOptions['server']> & object
)))

/** How the page of the leader may end. Each answers when it did; ms since epoch. */
const deaths = {
  'is removed': async (leader: Frame) => {
    const element = await leader.frameElement()
    return element.evaluate((iframe) => {
      (iframe as HTMLElement).remove()
      return Date.now()
    })
  },
  'has its tab closed': async (leader: Frame) => {
    const at = Date.now()
    await leader.page().close()
    return at
  },
  // The tab's, for that of the app's frames is one process for all tabs: with it, all of them are gone.
  'is in a tab that crashes': async (leader: Frame) => {
    const devtools = await sessionOf(leader)
    const crashed = leader.page().waitForEvent('crash')
    const at = Date.now()
    // Nobody is left to answer it.
    void devtools.send('Page.crash').catch(() => {})
    await crashed
    await leader.page().close()
    return at
  },
}
const ways = Object.keys(deaths) as (keyof typeof deaths)[]

const rows = servers.flatMap(server => ways.map(how => ({ ...server, how })))
  .filter(({ version, transport, how }) => isLong || (version === 5 && transport === 'websocket' && how !== 'has its tab closed') || (version === 3 && transport === 'long-polling' && how === 'has its tab closed'))

describe('the frame that leads ends at 200 messages a second: no other one misses a message, has one twice or out of order, or hears of a gap', () => {
  it.each(rows)('$how, on a push server of version $version over $transport', async ({ how, ...server }) => {
    shared = await site.open({ server })
    const took: number[] = []
    for (const tab of [await shared.openTab(), await shared.openTab()]) await shared.startAll(shared.frames(tab))
    const stop = shared.flow(PER_SECOND)
    const heardFirst = async (tab?: Page) => {
      for (const frame of shared.frames(tab)) await expect.poll(() => inFrame(frame, ({ recorded }) => recorded.messages.length)).toBeGreaterThan(0)
    }
    await heardFirst()
    for (let i = 0; i < DEATHS; i++) {
      const before = await shared.leader()
      const tab = before.page()
      const at = await deaths[how](before)
      const after = await shared.leader()
      took.push(await inFrame(after, ({ recorded }) => recorded.changes.at(-1)!.at) - at)
      if (!tab.isClosed() && !shared.frames(tab).length) await tab.close()
      // A tab for the frames that have gone.
      if (i < DEATHS - 1 && shared.frames().length < 3) {
        const next = await shared.openTab()
        await shared.startAll(shared.frames(next))
        await heardFirst(next)
      }
    }
    await stop()
    await shared.expectWhole()
    const sorted = took.toSorted((a, b) => a - b)
    console.info(`${how}, version ${server.version}, ${server.transport}: ${took.length} times; connected again after ${sorted[Math.floor(sorted.length / 2)]} ms, p95 ${sorted[Math.ceil(sorted.length * 0.95) - 1]} ms`)
  }, DEATHS * PATIENCE)
})
