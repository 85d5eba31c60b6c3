import PQueue from 'p-queue'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createPullSender, sendPullEvent } from '../../../src/server'
import { createRepeatFilter } from '../../../src/runtime/rest/event-id'
import { createRandom } from '../../support/random'
import { serveManyPortals } from './support/many-portals'
import type { ManyPortals } from './support/many-portals'

// The whole load is the long run: `npx vitest run --project unit --mode long test/unit/server/load.test.ts`. A tenth of it by default.
const PORTALS = import.meta.env.MODE === 'long' ? 2_000 : 200
const EVENTS = PORTALS * 10
const OF_BIG = EVENTS / 4
const REPEATS = 0.1
/** Portals in which something happens at all. */
const BUSY = 0.6
/** ms; long enough for a busy machine to hand over all events within. */
const COALESCE = 3_000
/** Events that are also sent one by one: each of the busy portal's waits for seconds. */
const ONE_BY_ONE = 2_000

interface Change { memberId: string, id: number, version: number, key: string }

/**
 * What happens in many portals within a moment: a quarter of it in one, where somebody imports deals. In two of five nothing happens.
 * Of every ten changes one is of an object that was changed before.
 */
function createChanges(seed: number): Change[] {
  const { next: random } = createRandom(seed)
  const versions = new Map<string, number>()
  const objects = new Map<string, number>()
  return Array.from({ length: EVENTS }, (_, i) => {
    const memberId = i % 4 === 0 ? 'big' : `small-${Math.floor((PORTALS - 1) * BUSY * random())}`
    const known = objects.get(memberId) ?? 0
    const isRepeat = known > 0 && random() < REPEATS
    const id = isRepeat ? Math.floor(random() * known) : known
    if (!isRepeat) objects.set(memberId, known + 1)
    const key = `${memberId}:${id}`
    const version = (versions.get(key) ?? 0) + 1
    versions.set(key, version)
    return { memberId, id, version, key }
  })
}

const changes = createChanges(16)
const newest = new Map(changes.map(({ key, version }) => [key, version]))
const figures: string[] = []

afterAll(() => void console.info(figures.join('\n')))

function note(name: string, portals: ManyPortals, seen: number, since: number): void {
  figures.push(`${name}: ${portals.requests()} requests, ${portals.refused()} turned away, ${seen} × QUERY_LIMIT_EXCEEDED seen, ${((performance.now() - since) / 1_000).toFixed(1)} s`)
}

describe(`${PORTALS} portals with ${EVENTS} events, ${OF_BIG} of them in one`, () => {
  it('hear each object\'s newest state once, by a tenth of the requests, and no small one waits for the big one', async () => {
    const portals = await serveManyPortals()
    const onFailed = vi.fn()
    const sender = createPullSender({ connect: portals.connect, coalesce: COALESCE, onFailed })
    const since = performance.now()
    await Promise.all(changes.map(({ memberId, id, version, key }) => sender.send(memberId, { command: 'deal.changed', params: { id, version }, key })))
    const ofBig = [...newest.keys()].filter(key => key.startsWith('big:')).length
    const isBigDone = () => portals.get('big').heard.length >= ofBig
    // All others are done long before the one whose limit is used up.
    const small = [...new Set(changes.map(({ memberId }) => memberId))].filter(memberId => memberId !== 'big')
    await vi.waitUntil(() => small.every(memberId => portals.get(memberId).heard.length > 0), { timeout: 240_000, interval: 20 })
    if (!isBigDone()) {
      await sender.send('small-late', { command: 'deal.changed', params: { id: 0, version: 1 } })
      await vi.waitUntil(() => portals.get('small-late').heard.length === 1, { timeout: 240_000, interval: 5 })
      figures.push(`a small portal while the big one waits: ${isBigDone() ? 'after it' : 'before it'}`)
    }
    await sender.idle()
    note(`createPullSender(), ${EVENTS} events`, portals, 0, since)

    expect(onFailed).not.toHaveBeenCalled()
    expect(sender.figures).toMatchObject({ queued: 0, failed: 0 })
    for (const { memberId, heard } of portals.all.values()) {
      const isRepeat = createRepeatFilter()
      const versions = new Map<unknown, number>()
      for (const { params } of heard.filter(({ params }) => !isRepeat(params.__b24PullId))) {
        // Each state once, and none behind a newer one.
        expect(params.version, `${memberId}:${String(params.id)}`).toBeGreaterThan(versions.get(params.id) ?? 0)
        versions.set(params.id, params.version as number)
      }
      if (memberId !== 'small-late') for (const [id, version] of versions) expect(version).toBe(newest.get(`${memberId}:${String(id)}`))
    }
    const heard = new Set([...portals.all.values()].flatMap(portal => portal.heard.map(({ params }) => `${portal.memberId}:${String(params.id)}`)))
    expect([...newest.keys()].filter(key => !heard.has(key))).toEqual([])
    expect(Math.max(...[...portals.all.values()].map(({ atOnce }) => atOnce))).toBe(1)
    expect(portals.requests() * 10).toBeLessThanOrEqual(changes.length)
    await portals.close()
  })

  it('beside it: one call per event, as the recipe of before makes it', async () => {
    const portals = await serveManyPortals()
    const since = performance.now()
    let seen = 0
    // As many as a server has open at once; each event comes with access of its own.
    const server = new PQueue({ concurrency: 200 })
    // Of the big one as many as are enough to see it: each waits for seconds.
    let ofBig = 0
    await server.addAll(changes.slice(0, ONE_BY_ONE).filter(({ memberId }) => memberId !== 'big' || ++ofBig <= 300).map(({ memberId, id, version }) => async () => {
      await sendPullEvent(portals.connect(memberId), { command: 'deal.changed', params: { id, version } }).catch(({ code }: { code?: string }) => {
        if (code === 'QUERY_LIMIT_EXCEEDED') seen++
      })
    }))
    note(`one call per event, of ${Math.min(EVENTS, ONE_BY_ONE)} events (and of the big portal's only 300)`, portals, seen, since)
    expect(portals.get('big').refused).toBeGreaterThan(0)
    await portals.close()
  })
})
