import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { serveConnectionPage } from '../support/connection-page'
import type { PageServer } from '../support/connection-page'
import { startRealChromium } from '../support/real-chromium'
import type { RealChromium } from '../support/real-chromium'
import { inFrame, openSharedFrames } from '../support/shared-frames'

// The long run: `npm run test:shared`, which is the mode `long`.
const DEATHS = import.meta.env.MODE === 'long' ? 34 : 2
const PER_SECOND = 200

let chromium: RealChromium
let pages: PageServer

beforeAll(async () => {
  [chromium, pages] = await Promise.all([startRealChromium(), serveConnectionPage()])
})

afterAll(async () => {
  await chromium?.close()
  await pages?.stop()
})

const servers: NonNullable<PortalOptions['server']>[] = [5, 4, 3].flatMap(version => [
  { version: version as 5, transport: 'websocket' as const },
  { version: version as 5, transport: 'long-polling' as const },
])

/** How the page of the leader may end. */
const deaths = {
  'removed': async (leader: Frame) => {
    const element = await leader.frameElement()
    await element.evaluate(iframe => (iframe as HTMLElement).remove())
  },
  'its tab closed': async (leader: Frame) => leader.page().close(),
}

describe.each(servers)('the leader\'s page ends, with a push server of version $version over $transport', (server) => {
  it.each(Object.keys(deaths) as (keyof typeof deaths)[])('%s: no frame misses a message, gets one twice or out of order, or hears of a gap', async (how) => {
    const shared = await openSharedFrames(chromium, pages, { server: { ...server, mode: server.version === 4 ? 'shared' : 'personal' } })
    const took: number[] = []
    for (const tab of [await shared.openTab(), await shared.openTab()]) await shared.startAll(shared.frames(tab))
    const stop = shared.flow(PER_SECOND)
    const heardFirst = async (tab?: Page) => {
      for (const frame of shared.frames(tab)) await expect.poll(() => inFrame(frame, ({ recorded }) => recorded.messages.length)).toBeGreaterThan(0)
    }
    await heardFirst()
    for (let i = 0; i < DEATHS; i++) {
      const before = await shared.leader()
      const at = Date.now()
      await deaths[how](before)
      const after = await shared.leader()
      took.push(await inFrame(after, ({ recorded }) => recorded.changes.at(-1)!.at) - at)
      // A page for the one that has gone; a tab without a frame is closed.
      if (shared.frames().length < 4) {
        const tab = await shared.openTab()
        await shared.startAll(shared.frames(tab))
        await heardFirst(tab)
      }
    }
    await stop()
    await shared.expectWhole()
    const sorted = took.toSorted((a, b) => a - b)
    console.info(`${how}, version ${server.version}, ${server.transport}: connected again after ${sorted[Math.floor(sorted.length / 2)]} ms, p95 ${sorted[Math.ceil(sorted.length * 0.95) - 1]} ms, of ${took.length}`)
    await shared.close()
  })
})
