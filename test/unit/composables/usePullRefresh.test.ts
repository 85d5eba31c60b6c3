// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import type { PullFetchContext, PullFetcher, PullGap, PullMessage, UsePullRefreshOptions } from '../../../src/runtime/types'
import { PullError } from '../../../src/runtime/utils/errors'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'

const gap: PullGap = { cause: 'too-long', from: 1, to: 2 }
const lost = new PullError({ code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f' })
const ping = { module: 'application', command: 'ping', params: { id: 1 } }

let isHidden = false

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => isHidden ? 'hidden' : 'visible')
})
afterEach(() => {
  isHidden = false
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function show(hidden: boolean): void {
  isHidden = hidden
  document.dispatchEvent(new Event('visibilitychange'))
}

/** A component that refreshes, in an app that is connected unless said otherwise. */
function mountRefresh(fetcher: PullFetcher = () => {}, options: UsePullRefreshOptions = {}, pull = createTestPull()) {
  const contexts: PullFetchContext[] = []
  const mounted = useInComponent(() => usePullRefresh((context) => {
    contexts.push(context)
    return fetcher(context)
  }, options), pull)
  return { ...mounted, contexts, reasons: () => contexts.map(({ reason }) => reason), after: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

describe('fetching', () => {
  it('begins with the connection, after setup', async () => {
    const { reasons, after } = mountRefresh()
    expect(reasons()).toEqual([])
    await after(0)
    expect(reasons()).toEqual(['start'])
  })

  it('waits for a connection that is not there yet', async () => {
    const pull = createTestPull({ isStarted: false })
    const { reasons, after } = mountRefresh(undefined, {}, pull)
    await after(5000)
    expect(reasons()).toEqual([])
    pull.connection.start()
    await after(0)
    expect(reasons()).toEqual(['start'])
  })

  it('follows gaps, a connection that is away, and refresh()', async () => {
    const { result, pull, reasons, after } = mountRefresh(undefined, { immediate: false, spread: 0 })
    await after(0)
    pull.connection.reportGap(gap)
    await after(0)
    expect(reasons()).toEqual(['gap'])
    pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
    await after(70_000)
    expect(reasons()).toEqual(['gap', 'poll'])
    await result.refresh()
    expect(reasons()).toEqual(['gap', 'poll', 'manual'])
    pull.connection.step({ type: 'opened' })
    await after(3_600_000)
    expect(reasons()).toEqual(['gap', 'poll', 'manual'])
  })

  it('puts a gap off while the page is hidden', async () => {
    const { pull, reasons, after } = mountRefresh(undefined, { immediate: false })
    show(true)
    pull.connection.reportGap(gap)
    await after(60_000)
    expect(reasons()).toEqual([])
    show(false)
    await after(0)
    expect(reasons()).toEqual(['gap'])
  })

  it('looks at the clock when the page comes back from the back/forward cache', async () => {
    const { pull, reasons, after } = mountRefresh(undefined, { immediate: false })
    pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
    await after(20_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    window.dispatchEvent(new Event('pageshow'))
    await after(0)
    expect(reasons()).toEqual(['poll'])
  })

  it('says that it is under way, and when it was over', async () => {
    let end = () => {}
    const { result, after } = mountRefresh(() => new Promise<void>(resolve => end = resolve))
    await after(0)
    expect([result.isRefreshing.value, result.refreshedAt.value]).toEqual([true, null])
    await after(2000)
    end()
    await after(0)
    expect([result.isRefreshing.value, result.refreshedAt.value]).toEqual([false, 1_002_000])
  })
})

describe('what a fetcher brings', () => {
  it('runs through the handlers, in order, as source `poll`', async () => {
    const heard: PullMessage[] = []
    const pull = createTestPull()
    mountWithPull({
      setup() {
        usePullCommand('application', '*', (_params, message) => heard.push(message))
        return () => null
      },
    }, pull)
    const { after } = mountRefresh(() => [ping, { module: 'Application', command: 'pong' }], {}, pull)
    await after(0)
    expect(heard).toEqual([
      { ...ping, extra: {}, type: 'server', receivedAt: 1_000_000, source: 'poll' },
      { module: 'application', command: 'pong', params: {}, extra: {}, type: 'server', receivedAt: 1_000_000, source: 'poll' },
    ])
    expect(pull.told.messages).toHaveLength(2)
  })

  it('stays the app\'s own: it is neither frozen nor changed', async () => {
    const mine = { ...ping, params: { list: [1] } }
    const { after } = mountRefresh(() => [mine])
    await after(0)
    mine.params.list.push(2)
    expect(mine.params.list).toEqual([1, 2])
  })

  it.each([
    ['no object', 1],
    ['no module', { command: 'ping' }],
    ['every module', { ...ping, module: '*' }],
    ['a module of the platform', { ...ping, module: 'pull' }],
    ['no command', { module: 'application' }],
    ['every command', { ...ping, command: '*' }],
    ['params that are a list', { ...ping, params: [1] }],
    ['params that JSON cannot hold', { ...ping, params: { big: 1n } }],
  ])('is reported where it is no message (%s), and the others run', async (_name, bad) => {
    const { result, pull, after } = mountRefresh(() => [bad, ping] as never)
    await after(0)
    expect(pull.told.messages).toHaveLength(1)
    expect(result.error.value).toMatchObject({ code: 'FETCHED_MESSAGE_ERROR' })
    expect(pull.told.errors).toEqual([[result.error.value, undefined]])
    expect(result.refreshedAt.value).toBe(1_000_000)
  })

  it('is reported once for a list in which nothing is a message', async () => {
    const { pull, after } = mountRefresh(() => Array.from({ length: 1000 }, () => 1) as never)
    await after(0)
    expect(pull.told.errors).toHaveLength(1)
  })

  it('takes PHP\'s empty list for empty params', async () => {
    const { pull, after } = mountRefresh(() => [{ ...ping, params: [] as never }])
    await after(0)
    expect(pull.told.messages[0]?.params).toEqual({})
  })
})

it('resolves refresh() at its end, where the fetcher goes on', async () => {
  const { result, after, contexts } = mountRefresh(() => new Promise(() => {}), { immediate: false })
  await after(0)
  const over = vi.fn()
  void result.refresh().then(over)
  void result.refresh().then(over)
  await after(0)
  expect(contexts).toHaveLength(1)
  expect(over).not.toHaveBeenCalled()
  result.stop()
  await after(0)
  expect(over).toHaveBeenCalledTimes(2)
})

describe('a fetcher that fails', () => {
  it('is told in words, with the error itself, and forgotten after a success', async () => {
    const failure = new Error('offline')
    let fails = true
    const { result, pull, after } = mountRefresh(() => fails ? Promise.reject(failure) : undefined)
    await after(0)
    expect(result.error.value).toMatchObject({ code: 'FETCHER_FAILED', cause: failure })
    expect(pull.told.errors).toEqual([[result.error.value, undefined]])
    expect(result.refreshedAt.value).toBeNull()
    fails = false
    await result.refresh()
    expect(result.error.value).toBeNull()
  })

  it('at once is the same', async () => {
    const { result, after } = mountRefresh(() => {
      throw new Error('mine')
    })
    await after(0)
    expect(result.error.value?.message).toContain('mine')
    expect(result.isRefreshing.value).toBe(false)
  })

  it('keeps an error of this module as it is', async () => {
    const { result, after } = mountRefresh(() => Promise.reject(lost))
    await after(0)
    expect(result.error.value).toBe(lost)
  })
})

describe('the end', () => {
  it('aborts what is under way and leaves no timer, no listener and no error', async () => {
    const remove = vi.spyOn(document, 'removeEventListener')
    const { result, pull, wrapper, contexts, after } = mountRefresh(({ signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    }))
    await after(0)
    wrapper.unmount()
    await after(0)
    expect(contexts[0]?.signal.aborted).toBe(true)
    expect(result.error.value).toBeNull()
    expect(pull.told.errors).toEqual([])
    expect(remove).toHaveBeenCalledWith('visibilitychange', expect.any(Function))
    pull.connection.reportGap(gap)
    show(false)
    await after(3_600_000)
    expect(contexts).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('before the fetch at the start lets it not begin', async () => {
    const { wrapper, contexts, after } = mountRefresh()
    wrapper.unmount()
    await after(3_600_000)
    expect(contexts).toEqual([])
  })

  it('drops what an aborted fetch brings all the same', async () => {
    let end = (_brought: typeof ping[]) => {}
    const { result, pull, after } = mountRefresh(() => new Promise<typeof ping[]>(resolve => end = resolve))
    await after(0)
    result.stop()
    end([ping])
    await after(0)
    expect(pull.told.messages).toEqual([])
    expect(result.refreshedAt.value).toBeNull()
  })

  it('comes with any effect scope', async () => {
    const scope = effectScope()
    const pull = createTestPull()
    const contexts: PullFetchContext[] = []
    mountWithPull({
      setup() {
        scope.run(() => usePullRefresh(context => void contexts.push(context)))
        return () => null
      },
    }, pull)
    scope.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(contexts).toEqual([])
  })
})

describe('options', () => {
  it.each<[keyof UsePullRefreshOptions, unknown]>([
    ['interval', 0],
    ['interval', -1],
    ['intervalAfterData', Number.NaN],
    ['intervalAfterNone', '20 s'],
    ['grace', -1],
    ['spread', Number.POSITIVE_INFINITY],
    ['immediate', 1],
  ])('that make no sense are told at once: %s = %s', (name, value) => {
    expect(() => usePullRefresh(() => {}, { [name]: value })).toThrow(expect.objectContaining({ code: 'INTERVAL_ERROR', message: expect.stringContaining(name) as string }))
  })

  it('that are undefined are left at their defaults', async () => {
    const { reasons, after } = mountRefresh(undefined, { immediate: undefined, grace: undefined })
    await after(0)
    expect(reasons()).toEqual(['start'])
  })
})
