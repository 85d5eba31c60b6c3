// @vitest-environment happy-dom
import fc from 'fast-check'
import { createApp, effectScope, watch } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePullState } from '../../../src/runtime/app/composables/usePullState'
import { PullError } from '../../../src/runtime/utils/errors'
import { createTestPull } from '../../support/mount-with-pull'

// A server with data, a connection that comes and goes, and a screen: whatever happens in whatever order, at rest the
// screen shows what the server has.

const RUNS = Number(process.env.STATE_RUNS ?? 1_000)
const lost = new PullError({ code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f' })

type Step
  = | { do: 'set', id: number, value: number }
    | { do: 'remove', id: number }
    | { do: 'import', id: number, value: number }
    | { do: 'poison' }
    | { do: 'deliver' }
    | { do: 'cut', keeps: boolean }
    | { do: 'connect' }
    | { do: 'read' }
    | { do: 'answer', fails: boolean }
    | { do: 'refresh' }
    | { do: 'pause' }
    | { do: 'resume' }
    | { do: 'wait', ms: number }

const id = fc.nat(3)
const value = fc.nat(99)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), id, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const), id, value }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('poison' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), keeps: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 100, 600, 6_000, 70_000) }) },
)

/** `read` counts the server's readings: whatever was read later is newer. */
interface Screen { read: number, items: Record<number, number> }
interface Fetch { read: Screen | null, resolve: (screen: Screen) => void, reject: (error: Error) => void }

function createWorld() {
  const pull = createTestPull()
  pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
  let items: Record<number, number> = {}
  let reads = 0
  let gaps = 0
  let isLossy = false
  const reasons: string[] = []
  const fetches: Fetch[] = []
  const onTheWay: { command: string, params: Record<string, unknown> }[] = []

  const publish = (command: string, params: Record<string, unknown>) => {
    if (pull.connection.state.status !== 'connected' && isLossy) return
    onTheWay.push({ command, params })
  }
  const read = (fetch: Fetch) => fetch.read ??= { read: ++reads, items: { ...items } }
  const answer = (fetch: Fetch, fails: boolean) => {
    fetches.splice(fetches.indexOf(fetch), 1)
    if (fails) fetch.reject(new Error('down'))
    else fetch.resolve(read(fetch))
  }
  const deliver = () => {
    if (pull.connection.state.status !== 'connected') return
    const next = onTheWay.shift()
    if (next) pull.connection.receive({ module: 'application', ...next })
  }
  const connect = () => {
    if (pull.connection.state.status === 'connected') return
    pull.connection.step({ type: 'opened' })
    if (!isLossy) return
    isLossy = false
    gaps++
    pull.connection.reportGap({ cause: 'too-long', from: 0, to: 0 })
  }

  const scope = effectScope()
  const shown: number[] = []
  const state = createApp({}).use({ install: pull.install }).runWithContext(() => scope.run(() => {
    const made = usePullState<Screen, 'set' | 'remove' | 'import' | 'poison'>(({ reason }) => new Promise((resolve, reject) => {
      reasons.push(reason)
      fetches.push({ read: null, resolve, reject })
    }), {
      set: (screen, params) => ({ ...screen, items: { ...screen.items, [params.id as number]: params.value as number } }),
      remove: (screen, params) => ({ ...screen, items: Object.fromEntries(Object.entries(screen.items).filter(([key]) => Number(key) !== params.id)) }),
      import: 'refresh',
      poison: () => { throw new Error('poison') },
    })
    watch(made.state, screen => screen && shown.push(screen.read), { flush: 'sync' })
    return made
  })!)

  return {
    state, shown, reasons,
    items: () => items,
    gaps: () => gaps,
    end: () => scope.stop(),
    async run(next: Step): Promise<void> {
      switch (next.do) {
        case 'set':
        case 'import':
          items = { ...items, [next.id]: next.value }
          publish(next.do, { id: next.id, value: next.value })
          break
        case 'remove':
          items = Object.fromEntries(Object.entries(items).filter(([key]) => Number(key) !== next.id))
          publish('remove', { id: next.id })
          break
        case 'poison':
          publish('poison', {})
          break
        case 'deliver':
          deliver()
          break
        case 'cut':
          if (pull.connection.state.status !== 'connected') break
          pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
          if (next.keeps) break
          isLossy = true
          onTheWay.length = 0
          break
        case 'connect':
          connect()
          break
        case 'read':
          if (fetches[0]) read(fetches[0])
          break
        case 'answer':
          if (fetches[0]) answer(fetches[0], next.fails)
          break
        case 'refresh':
          void state.refresh()
          break
        case 'pause':
          state.pause()
          break
        case 'resume':
          state.resume()
          break
        case 'wait':
          break
      }
      await vi.advanceTimersByTimeAsync(next.do === 'wait' ? next.ms : 0)
    },
    /** Everything is connected, delivered and answered, and goes on to be for a while. */
    async rest(): Promise<void> {
      state.resume()
      connect()
      while (onTheWay.length) deliver()
      for (let n = 0; n < 6; n++) {
        for (const fetch of [...fetches]) answer(fetch, false)
        await vi.advanceTimersByTimeAsync(61_000)
      }
    },
  }
}

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

describe('usePullState, whatever happens in whatever order', () => {
  it(`shows at rest what the server has, and nothing older after something newer (${RUNS} times)`, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      vi.clearAllTimers()
      const world = createWorld()
      try {
        for (const next of steps) await world.run(next)
        await world.rest()
        expect(world.state.state.value?.items).toEqual(world.items())
        expect(world.state.isStale.value).toBe(false)
        expect(world.shown).toEqual([...world.shown].sort((a, b) => a - b))
      }
      finally {
        world.end()
      }
    }), { numRuns: RUNS })
  })

  it('asks once for each gap where no fetch fails', async () => {
    const calm = step.filter(next => !['poison', 'import', 'refresh', 'pause', 'resume', 'answer'].includes(next.do))
    await fc.assert(fc.asyncProperty(fc.array(calm, { minLength: 5, maxLength: 30 }), async (steps) => {
      vi.clearAllTimers()
      const world = createWorld()
      try {
        for (const next of steps) {
          await world.run(next)
          await world.run({ do: 'answer', fails: false })
        }
        await world.rest()
        expect(world.reasons.filter(reason => reason === 'gap').length).toBeLessThanOrEqual(world.gaps())
      }
      finally {
        world.end()
      }
    }), { numRuns: Math.ceil(RUNS / 4) })
  })
})
