// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { defineStore } from 'pinia'
import { effectScope, h, KeepAlive, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { usePullState } from '../../../src/runtime/app/composables/usePullState'
import type { PullGap, PullStateFetchContext, UsePullStateOptions } from '../../../src/runtime/types'
import { PullError } from '../../../src/runtime/utils/errors'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'

const gap: PullGap = { cause: 'too-long', from: 1, to: 2 }
const lost = new PullError({ code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f' })
const minute = 60_000

interface Deal { id: number, title: string }
const deals: Deal[] = [{ id: 1, title: 'one' }, { id: 2, title: 'two' }]

const reducers = {
  'deal.changed': (state: Deal[], { id, title }: Readonly<Record<string, unknown>>) => state.map(deal => deal.id === id ? { ...deal, title: String(title) } : deal),
  'deal.removed': (state: Deal[], { id }: Readonly<Record<string, unknown>>) => state.filter(deal => deal.id !== id),
  'deal.imported': 'refresh',
  'deal.broken': (): Deal[] => {
    throw new Error('boom')
  },
  'deal.mutated': (state: Deal[]) => (state.pop(), state),
} as const

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

/** Fetches that the test answers when it wants to. */
function createFetches() {
  const all: { context: PullStateFetchContext, answer: (deals: Deal[]) => Promise<unknown>, fail: () => Promise<unknown> }[] = []
  const fetcher = (context: PullStateFetchContext) => new Promise<Deal[]>((resolve, reject) => {
    all.push({
      context,
      answer: answer => (resolve(answer), flushPromises()),
      fail: () => (reject(new Error('down')), flushPromises()),
    })
  })
  return { all, fetcher, reasons: () => all.map(({ context }) => context.reason) }
}

function mountState(options: UsePullStateOptions<Deal[]> = {}, pull = createTestPull()) {
  const fetches = createFetches()
  const mounted = useInComponent(() => usePullState(fetches.fetcher, reducers, options), pull)
  const tell = (command: keyof typeof reducers, params = {}) => pull.connection.receive({ module: 'application', command, params })
  return { ...mounted, fetches, tell, after: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

async function mountWithDeals(options: UsePullStateOptions<Deal[]> = {}) {
  const mounted = mountState(options)
  await mounted.after(0)
  await mounted.fetches.all[0]!.answer(deals)
  return mounted
}

/** The fetch under way is this one, and none comes after its answer. */
async function isLast(count: number, fetches: ReturnType<typeof createFetches>, after: (ms: number) => Promise<unknown>): Promise<void> {
  expect(fetches.all).toHaveLength(count)
  await fetches.all[count - 1]!.answer(deals)
  await after(5 * minute)
  expect(fetches.all).toHaveLength(count)
}

describe('the first snapshot', () => {
  it('is fetched with the connection, and pending until it is there', async () => {
    const { result, fetches, after } = mountState()
    expect(result.state.value).toBeUndefined()
    expect(result.isPending.value).toBe(true)
    await after(0)
    expect(fetches.reasons()).toEqual(['start'])
    await fetches.all[0]!.answer(deals)
    expect(result.state.value).toEqual(deals)
    expect(result.isPending.value).toBe(false)
    expect(result.isStale.value).toBe(false)
    expect(result.refreshedAt.value).toBe(Date.now())
  })

  it('has the commands that came while it was fetched', async () => {
    const { result, fetches, tell, after } = mountState()
    await after(0)
    tell('deal.changed', { id: 1, title: 'uno' })
    await fetches.all[0]!.answer(deals)
    expect(result.state.value).toEqual([{ id: 1, title: 'uno' }, deals[1]])
  })

  it('may be given, and is not fetched then', async () => {
    const { result, fetches, tell, after } = mountState({ initial: () => deals })
    await after(minute)
    expect(fetches.all).toEqual([])
    tell('deal.removed', { id: 1 })
    expect(result.state.value).toEqual([deals[1]])
    expect(result.isPending.value).toBe(false)
  })

  it('is not there where the fetcher answers undefined, as one does that forgets its return', async () => {
    const pull = createTestPull()
    const { result } = useInComponent(() => usePullState((): Deal[] | undefined => undefined, {}), pull)
    await vi.advanceTimersByTimeAsync(0)
    expect(result.isPending.value).toBe(false)
    expect(result.refreshedAt.value).toBeNull()
    expect(result.error.value).toMatchObject({ code: 'FETCHER_FAILED', message: expect.stringContaining('undefined') as string })
  })

  it('is no more pending, but says why, where it could not be fetched; and is tried again', async () => {
    const { result, fetches, after, pull } = mountState()
    await after(0)
    await fetches.all[0]!.fail()
    expect(result.isPending.value).toBe(false)
    expect(result.error.value).toMatchObject({ code: 'FETCHER_FAILED' })
    expect(pull.told.errors).toHaveLength(1)
    await after(minute)
    await fetches.all[1]!.answer(deals)
    expect(result.state.value).toEqual(deals)
    expect(result.error.value).toBeNull()
    await after(5 * minute)
    expect(fetches.all).toHaveLength(2)
  })

  it('is fetched again by the first connection, where it came without one', async () => {
    const pull = createTestPull({ isStarted: false })
    const { result, fetches, after } = mountState({}, pull)
    await after(10_000)
    await fetches.all[0]!.answer(deals)
    pull.connection.start()
    await after(0)
    expect(fetches.reasons()).toEqual(['start', 'start'])
    expect(result.isStale.value).toBe(true)
    await fetches.all[1]!.fail()
    expect(result.isStale.value).toBe(true)
    await after(minute)
    await fetches.all[2]!.answer(deals)
    expect(result.isStale.value).toBe(false)
  })
})

describe('kept right', () => {
  it('by one fetch after a gap, however many were told', async () => {
    const { result, fetches, pull, after } = await mountWithDeals()
    pull.connection.reportGap(gap)
    pull.connection.reportGap(gap)
    expect(result.isStale.value).toBe(true)
    await after(5_000)
    pull.connection.reportGap(gap)
    await fetches.all[1]!.answer([])
    expect(result.state.value).toEqual([])
    await after(5_000)
    await fetches.all[2]!.answer([])
    await after(5 * minute)
    expect(fetches.reasons()).toEqual(['start', 'gap', 'gap'])
    expect(result.isStale.value).toBe(false)
  })

  it('by one fetch for a burst of commands that want one', async () => {
    const { fetches, tell, after } = await mountWithDeals({ debounce: 1000 })
    for (let n = 0; n < 50; n++) tell('deal.imported')
    await after(999)
    expect(fetches.all).toHaveLength(1)
    await after(1)
    expect(fetches.reasons()).toEqual(['start', 'command'])
  })

  it.each(['deal.broken', 'deal.mutated'] as const)('by a fetch when a reducer fails: %s', async (command) => {
    const { result, fetches, tell, after } = await mountWithDeals()
    tell(command)
    expect(result.state.value).toEqual(deals)
    expect(result.error.value).toMatchObject({ code: 'REDUCER_FAILED' })
    expect(result.isStale.value).toBe(true)
    await after(0)
    await fetches.all[1]!.answer([])
    expect(result.state.value).toEqual([])
    expect(result.error.value).toBeNull()
    expect(result.isStale.value).toBe(false)
  })

  it('by at most one fetch a minute where a reducer fails again and again', async () => {
    const { fetches, tell, after } = await mountWithDeals()
    for (let n = 0; n < 120; n++) {
      tell('deal.broken')
      await after(1000)
      await fetches.all.at(-1)!.answer(deals)
    }
    expect(fetches.all.length).toBeLessThanOrEqual(4)
  })

  it('by a second try within a minute where refresh() failed, and stale until then', async () => {
    const { result, fetches, after } = await mountWithDeals()
    void result.refresh()
    await fetches.all[1]!.fail()
    expect(result.isStale.value).toBe(true)
    await after(minute)
    expect(fetches.reasons()).toEqual(['start', 'manual', 'error'])
    await fetches.all[2]!.answer(deals)
    expect(result.isStale.value).toBe(false)
    await after(5 * minute)
    expect(fetches.all).toHaveLength(3)
  })

  it('by one fetch, as soon as ever, for a command that wants one while a fetch that failed waits to be tried again', async () => {
    const { fetches, tell, after } = mountState()
    await after(0)
    await fetches.all[0]!.fail()
    tell('deal.imported')
    await after(500)
    await isLast(2, fetches, after)
  })

  it('by one fetch at once on resume() while a fetch that failed waits to be tried again', async () => {
    const { result, fetches, after } = mountState()
    await after(0)
    await fetches.all[0]!.fail()
    result.pause()
    result.resume()
    await after(0)
    await isLast(2, fetches, after)
  })

  it('by one fetch, as soon as ever, for a command that wants one while a reducer that failed again waits for its minute', async () => {
    const { fetches, tell, after } = await mountWithDeals()
    tell('deal.broken')
    await fetches.all[1]!.answer(deals)
    tell('deal.broken')
    tell('deal.imported')
    await after(500)
    await isLast(3, fetches, after)
  })

  it('by polls while the connection is away, and stale meanwhile', async () => {
    const { result, fetches, pull, after } = await mountWithDeals()
    pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
    expect(result.isStale.value).toBe(false)
    await after(10_000)
    expect(result.isStale.value).toBe(true)
    await after(minute)
    expect(fetches.reasons()).toEqual(['start', 'poll'])
    await fetches.all[1]!.answer([])
    expect(result.state.value).toEqual([])
    pull.connection.step({ type: 'opened' })
    expect(result.isStale.value).toBe(false)
  })

  it('by what the schema of the app makes of the params', async () => {
    const schema = { '~standard': { version: 1, vendor: 'own', validate: (value: unknown) => ({ value: { id: Number((value as { id: string }).id) } }) } } as const
    const pull = createTestPull({ commands: { application: { 'deal.removed': schema } } })
    const { result, tell } = mountState({ initial: deals }, pull)
    tell('deal.removed', { id: '2' })
    expect(result.state.value).toEqual([deals[0]])
  })

  it('by a fetch when a schema refuses a command', async () => {
    const schema = { '~standard': { version: 1, vendor: 'own', validate: () => ({ issues: [{ message: 'no' }] }) } } as const
    const pull = createTestPull({ commands: { application: { 'deal.removed': schema } } })
    const { result, fetches, tell, after } = mountState({ initial: deals }, pull)
    tell('deal.removed', { id: 2 })
    expect(result.isStale.value).toBe(true)
    await after(0)
    expect(fetches.reasons()).toEqual(['error'])
  })
})

describe('a name that is none, in a production build', () => {
  it('is in error, also where the engine was there before', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { result, pull } = mountState({ module: 'pull' as never })
    expect(pull.told.errors).toHaveLength(1)
    expect(result.error.value).toMatchObject({ code: 'MODULE_RESERVED' })
  })
})

describe('a fetch that is overtaken', () => {
  it('by refresh() is aborted, and its answer dropped', async () => {
    const { result, fetches, after } = await mountWithDeals()
    void result.refresh()
    await after(0)
    const second = result.refresh()
    await after(0)
    expect(fetches.all[1]!.context.signal.aborted).toBe(true)
    await fetches.all[2]!.answer([])
    await fetches.all[1]!.answer(deals)
    await second
    expect(result.state.value).toEqual([])
  })

  it('because it never ends keeps nothing from being fetched', async () => {
    const { result, fetches, pull, after } = await mountWithDeals()
    void result.refresh()
    await after(0)
    pull.connection.reportGap(gap)
    await after(2 * minute)
    expect(fetches.reasons()).toEqual(['start', 'manual', 'gap'])
    await fetches.all[2]!.answer([])
    expect(result.state.value).toEqual([])
    expect(result.isStale.value).toBe(false)
  })
})

describe('active', () => {
  it('hears and fetches nothing while paused, and fetches what was missed on resume', async () => {
    const { result, fetches, tell, pull, after } = await mountWithDeals()
    result.pause()
    expect(result.isActive.value).toBe(false)
    expect(result.isStale.value).toBe(true)
    tell('deal.removed', { id: 1 })
    pull.connection.reportGap(gap)
    await after(10 * minute)
    expect(fetches.all).toHaveLength(1)
    result.resume()
    await after(0)
    expect(fetches.reasons()).toEqual(['start', 'resume'])
    await fetches.all[1]!.answer([deals[1]!])
    await after(10 * minute)
    expect(result.state.value).toEqual([deals[1]])
    expect(result.isStale.value).toBe(false)
    expect(fetches.all).toHaveLength(2)
  })

  it('is what `enabled` says', async () => {
    const enabled = ref(false)
    const { result, fetches, after } = mountState({ enabled })
    await after(10 * minute)
    expect(fetches.all).toEqual([])
    expect(result.isActive.value).toBe(false)
    enabled.value = true
    await after(0)
    await fetches.all[0]!.answer(deals)
    expect(result.state.value).toEqual(deals)
    await after(minute)
    expect(fetches.all).toHaveLength(1)
  })

  it('drops an answer that comes while it is paused', async () => {
    const { result, fetches, after } = mountState()
    await after(0)
    result.pause()
    await fetches.all[0]!.answer(deals)
    expect(result.state.value).toBeUndefined()
    result.resume()
    await after(0)
    await fetches.all[1]!.answer([])
    expect(result.state.value).toEqual([])
  })

  it('ends with its component: aborted, no handler, no timer', async () => {
    const { fetches, wrapper, pull, tell, result, after } = await mountWithDeals()
    void result.refresh()
    await after(0)
    wrapper.unmount()
    expect(fetches.all[1]!.context.signal.aborted).toBe(true)
    pull.connection.reportGap(gap)
    tell('deal.removed', { id: 1 })
    await after(10 * minute)
    expect(result.state.value).toEqual(deals)
    expect(fetches.all).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
    await result.refresh()
    expect(fetches.all).toHaveLength(2)
  })

  it('goes on in a component that <KeepAlive> keeps', async () => {
    const pull = createTestPull()
    const isShown = ref(true)
    const Inner = {
      setup() {
        const { state } = usePullState<Deal[], keyof typeof reducers>(() => [], reducers, { initial: deals })
        return () => h('p', state.value.length)
      },
    }
    const wrapper = mountWithPull({ setup: () => () => h(KeepAlive, () => isShown.value ? h(Inner) : h('i')) }, pull)
    isShown.value = false
    await nextTick()
    pull.connection.receive({ module: 'application', command: 'deal.removed', params: { id: 1 } })
    isShown.value = true
    await nextTick()
    expect(wrapper.text()).toBe('1')
  })

  it('is one for two components in a store, and ends with a scope', async () => {
    const pull = createTestPull()
    let fetched = 0
    const useDeals = defineStore('deals', () => usePullState(() => (fetched++, deals), reducers))
    const Reader = {
      setup() {
        const store = useDeals(pull.pinia)
        return () => h('p', store.state?.length)
      },
    }
    const wrapper = mountWithPull({ setup: () => () => [h(Reader), h(Reader)] }, pull)
    await vi.advanceTimersByTimeAsync(0)
    expect(wrapper.findAll('p').map(p => p.text())).toEqual(['2', '2'])
    expect(fetched).toBe(1)

    const scope = effectScope()
    useInComponent(() => scope.run(() => usePullState(() => deals, reducers, { initial: deals })), pull)
    scope.stop()
    pull.connection.receive({ module: 'application', command: 'deal.broken' })
    // The store's alone.
    expect(pull.told.errors).toHaveLength(1)
  })
})
