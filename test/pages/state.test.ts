import { describe, expect, it, onTestFinished } from 'vitest'
import { pageForFile } from '../support/page-for-file'
import { chooseSeed, createRandom } from '../support/random'
import { openSurface, serveSurfacePage } from '../support/surface-page'

// What test/unit/composables/usePullState.random.test.ts does by fake timers, over real connections: 200 states on one page, each with
// an order of its own of changes, slow fetches, cuts and gaps.

const COUNT = 200
const CHANGES = 1_200

const site = pageForFile(serveSurfacePage)

/** Other work has its turn so many times. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(resolve => setImmediate(resolve))
}

describe.each([5, 4, 3] as const)('usePullState on a push server of version %i', (version) => {
  it(`shows at rest what the server has, in ${COUNT} orders of changes, fetches, cuts and gaps`, async () => {
    const random = createRandom(chooseSeed('states'))
    const data: Record<string, number>[] = Array.from({ length: COUNT }, () => ({}))
    const open = await openSurface(site.browser, {
      app: site.url,
      limits: false,
      server: { version, ...(version === 5 && { mode: 'personal' as const }) },
      rest: {
        async 'state.get'({ n }) {
          const items = { ...data[Number(n)] }
          // The answer is on its way for a while, and what happens meanwhile is not in it.
          await turns(random.below(80))
          return { items }
        },
      },
    })
    onTestFinished(() => open.close())
    const shown = async (testId: string) => JSON.parse((await open.texts(testId))[0]!)

    function change(isTold: boolean): void {
      const n = random.below(COUNT)
      const id = String(random.below(4))
      const isRemoved = random.chance(0.3)
      const value = random.below(100)
      if (isRemoved) data[n] = Object.fromEntries(Object.entries(data[n]!).filter(([key]) => key !== id))
      else data[n]![id] = value
      if (isTold) open.portal.emit({ module: 'application', command: isRemoved ? 'remove' : 'set', params: { n, id, ...(!isRemoved && { value }) } })
    }

    await open.mount('States', { count: COUNT })
    await expect.poll(() => shown('stale')).toBe(0)
    // No message has come yet, so nobody knows where to go on: a gap.
    open.portal.faults.on('cut-connections')
    for (let i = 0; i < 50; i++) change(false)
    await expect.poll(() => open.inFrame(({ gaps }) => gaps.length)).toBe(1)

    for (let i = 0; i < CHANGES; i++) {
      change(true)
      if (i === CHANGES / 2) open.portal.faults.on('cut-connections')
      // A turn for sockets and answers, so that changes and fetches fall between each other.
      if (random.chance(0.5)) await turns(1)
    }
    // Until the page knows of the cut there is nothing to reconnect.
    await expect.poll(async () => open.portal.connections.length > 0 || (await open.texts('status'))[0] !== 'connected').toBe(true)
    await open.inFrame(({ pull }) => pull.reconnect())
    await expect.poll(() => open.texts('status')).toEqual(['connected'])
    await expect.poll(() => shown('states')).toEqual(data)
    await expect.poll(() => shown('stale')).toBe(0)
    expect(await shown('gap-fetches')).toBeLessThanOrEqual(COUNT * await open.inFrame(({ gaps }) => gaps.length))
    expect(open.problems.uncaught).toEqual([])
  })
})
