// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLoader } from '../../../src/runtime/app/client/loader'
import type { ConnectionControls } from '../../../src/runtime/app/client/loader'
import { notReady } from '../../../src/runtime/app/client/problems'
import { initialState, toStatusChange } from '../../../src/runtime/app/client/retry/status-change'
import type { PullConnectionState, PullStatusChange } from '../../../src/runtime/types'
import { createFakeConnection } from '../../../src/testing/fake-connection'
import { settle } from '../../support/settle'

/** ms between two tries */
const PAUSE = 1_000

/** What stands in for a connection whose code arrives, or fails to, when the test says so; then that connection. */
function createLazy() {
  const fake = createFakeConnection()
  const loads: { resolve: () => void, reject: (error: unknown) => void }[] = []
  const load = vi.fn(async () => {
    await new Promise<void>((resolve, reject) => loads.push({ resolve, reject }))
    controls = fake
    fake.onStatus(() => show(fake.state))
    return { connection: fake }
  })
  const changes: PullStatusChange[] = []
  const listeners: ((change: PullStatusChange) => void)[] = [change => changes.push(change)]
  let state = initialState

  function show(next: PullConnectionState): void {
    const change = toStatusChange(state, next)
    state = next
    if (change.current !== change.previous) listeners.forEach(listener => listener(change))
  }

  const loader = createLoader(load, show)
  let controls: ConnectionControls = loader
  return {
    fake, load, changes,
    lazy: {
      get state() {
        return state
      },
      load: loader.load,
      onStatus: (listener: (change: PullStatusChange) => void) => listeners.push(listener),
      start: () => controls.start(),
      stop: () => controls.stop(),
      reconnect: () => controls.reconnect(),
      call: (method: string, params: Record<string, unknown>) => controls.call(method, params),
    },
    async arrive() {
      loads.at(-1)!.resolve()
      await settle()
    },
    async failLoading() {
      loads.at(-1)!.reject(new TypeError('Failed to fetch dynamically imported module'))
      await settle()
    },
    words: () => changes.map(({ current }) => current),
  }
}

/** Not setImmediate: the tests themselves wait by it. */
function fakeTimers(): void {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] })
}

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('before its code is there', () => {
  it('loads nothing until it is started', () => {
    const { lazy, load } = createLazy()
    expect(lazy.state.status).toBe('idle')
    expect(load).not.toHaveBeenCalled()
  })

  it('is connecting at once', () => {
    const { lazy, changes } = createLazy()
    lazy.start()
    expect(changes).toEqual([{ previous: 'idle', current: 'connecting' }])
  })

  it('loads once however often it is started', async () => {
    const { lazy, load, arrive } = createLazy()
    lazy.start()
    lazy.start()
    await arrive()
    lazy.start()
    expect(load).toHaveBeenCalledOnce()
  })

  it('does nothing when it is stopped or reconnected', () => {
    const { lazy, load, changes } = createLazy()
    lazy.stop()
    lazy.reconnect()
    expect(changes).toEqual([])
    expect(load).not.toHaveBeenCalled()
  })
})

describe('when its code arrives', () => {
  it('connects, and says each word once', async () => {
    const { lazy, words, arrive } = createLazy()
    lazy.start()
    await arrive()
    expect(words()).toEqual(['connecting', 'connected'])
  })

  it('stays closed when it was stopped meanwhile', async () => {
    const { fake, lazy, words, arrive } = createLazy()
    lazy.start()
    lazy.stop()
    await arrive()
    expect(words()).toEqual(['connecting', 'closed'])
    expect(fake.state.status).toBe('idle')
  })

  it('connects when it was stopped and started again meanwhile', async () => {
    const { lazy, load, words, arrive } = createLazy()
    lazy.start()
    lazy.stop()
    lazy.start()
    await arrive()
    expect(words()).toEqual(['connecting', 'closed', 'connecting', 'connected'])
    expect(load).toHaveBeenCalledOnce()
  })

  it('can be started after it was stopped meanwhile', async () => {
    const { lazy, words, arrive } = createLazy()
    lazy.start()
    lazy.stop()
    await arrive()
    lazy.start()
    expect(words()).toEqual(['connecting', 'closed', 'connecting', 'connected'])
  })

  it('hands stop and reconnect on', async () => {
    const { fake, lazy, arrive } = createLazy()
    const reconnect = vi.spyOn(fake, 'reconnect')
    lazy.start()
    await arrive()
    lazy.reconnect()
    expect(reconnect).toHaveBeenCalledOnce()
    lazy.stop()
    expect([lazy.state.status, fake.state.status]).toEqual(['closed', 'closed'])
  })
})

describe('when its code cannot be loaded', () => {
  /** Lets all tries of a start fail. */
  async function failAll({ failLoading }: ReturnType<typeof createLazy>): Promise<void> {
    for (const pause of [PAUSE, PAUSE, 0]) {
      await failLoading()
      await vi.advanceTimersByTimeAsync(pause)
    }
  }

  beforeEach(fakeTimers)

  it('has failed after three tries, and says why', async () => {
    const made = createLazy()
    made.lazy.start()
    await failAll(made)
    expect(made.load).toHaveBeenCalledTimes(3)
    expect(made.words()).toEqual(['connecting', 'failed'])
    expect(made.lazy.state).toMatchObject({ attempt: 0, nextRetryAt: null, reason: { code: 'LOAD_FAILED', cause: 'TypeError: Failed to fetch dynamically imported module' } })
    await vi.advanceTimersByTimeAsync(600_000)
    expect(made.load).toHaveBeenCalledTimes(3)
    made.lazy.stop()
  })

  it('connects when a later try brings it, and says nothing of the first', async () => {
    const { lazy, words, failLoading, arrive } = createLazy()
    lazy.start()
    await failLoading()
    await vi.advanceTimersByTimeAsync(PAUSE)
    await arrive()
    expect(words()).toEqual(['connecting', 'connected'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not tried again once stopped', async () => {
    const { lazy, load, words, failLoading } = createLazy()
    lazy.start()
    await failLoading()
    lazy.stop()
    expect(vi.getTimerCount()).toBe(0)
    expect(load).toHaveBeenCalledOnce()
    expect(words()).toEqual(['connecting', 'closed'])
  })

  it.each(['start', 'reconnect', 'online', 'pageshow'] as const)('is tried three times more by %s, and connects', async (way) => {
    const made = createLazy()
    made.lazy.start()
    await failAll(made)
    if (way === 'start' || way === 'reconnect') made.lazy[way]()
    else dispatchEvent(new Event(way))
    expect(made.words()).toEqual(['connecting', 'failed', 'connecting'])
    await failAll(made)
    expect(made.load).toHaveBeenCalledTimes(6)
    made.lazy.start()
    await made.arrive()
    expect(made.words().slice(-3)).toEqual(['failed', 'connecting', 'connected'])
  })

  it('is loaded again when it is started from a listener of the failure', async () => {
    const made = createLazy()
    made.lazy.onStatus(({ reason }) => {
      if (reason && made.load.mock.calls.length === 3) made.lazy.start()
    })
    made.lazy.start()
    await failAll(made)
    await made.arrive()
    expect(made.lazy.state.status).toBe('connected')
  })

  it('hears of no wake before it has failed, nor once stopped or connected', async () => {
    const listen = vi.spyOn(window, 'addEventListener')
    const forget = vi.spyOn(window, 'removeEventListener')
    const made = createLazy()
    made.lazy.start()
    expect(listen).not.toHaveBeenCalled()
    await failAll(made)
    expect(listen.mock.calls).toHaveLength(3)
    made.lazy.stop()
    expect(forget.mock.calls).toEqual(listen.mock.calls)
    made.lazy.start()
    await failAll(made)
    made.lazy.start()
    await made.arrive()
    expect(listen.mock.calls).toHaveLength(6)
    expect(forget.mock.calls).toEqual(expect.arrayContaining(listen.mock.calls))
  })

  it('connects where something else has loaded it after all', async () => {
    const made = createLazy()
    made.lazy.start()
    await failAll(made)
    const loaded = made.lazy.load()
    await made.arrive()
    await expect(loaded).resolves.toEqual({ connection: made.fake })
    expect(made.words()).toEqual(['connecting', 'failed', 'connecting', 'connected'])
  })

  it('stays closed when it was stopped meanwhile', async () => {
    const { lazy, words, failLoading } = createLazy()
    lazy.start()
    lazy.stop()
    await failLoading()
    expect(words()).toEqual(['connecting', 'closed'])
  })

  it('is closed by stop() after it has failed', async () => {
    const made = createLazy()
    made.lazy.start()
    await failAll(made)
    made.lazy.stop()
    expect(made.lazy.state).toMatchObject({ status: 'closed', reason: null })
  })
})

describe('a REST call', () => {
  it('waits for the code', async () => {
    const { fake, lazy, arrive } = createLazy()
    fake.answer = ({ method }) => `answer to ${method}`
    lazy.start()
    const answer = lazy.call('profile', {})
    expect(fake.calls).toEqual([])
    await arrive()
    await expect(answer).resolves.toBe('answer to profile')
  })

  it('is left to the connection where nobody has started it', async () => {
    const { fake, lazy, arrive, words } = createLazy()
    fake.answer = () => {
      throw notReady()
    }
    const answer = expect(lazy.call('profile', {})).rejects.toMatchObject({ code: 'NOT_READY' })
    await arrive()
    await answer
    expect(words()).toEqual([])
  })

  it('is refused at once while the code is known not to load', async () => {
    fakeTimers()
    const { lazy, load, failLoading } = createLazy()
    lazy.start()
    for (const pause of [PAUSE, PAUSE, 0]) {
      await failLoading()
      await vi.advanceTimersByTimeAsync(pause)
    }
    await expect(lazy.call('profile', {})).rejects.toMatchObject({ code: 'LOAD_FAILED' })
    expect(load).toHaveBeenCalledTimes(3)
    lazy.stop()
  })

  it('tries at once while a start waits for its next try', async () => {
    fakeTimers()
    const { fake, lazy, load, failLoading, arrive } = createLazy()
    fake.answer = () => 'answer'
    lazy.start()
    await failLoading()
    const answer = lazy.call('profile', {})
    expect(load).toHaveBeenCalledTimes(2)
    await arrive()
    await expect(answer).resolves.toBe('answer')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is refused with the reason when the code cannot be loaded', async () => {
    const { lazy, failLoading } = createLazy()
    lazy.start()
    const answer = expect(lazy.call('profile', {})).rejects.toMatchObject({ code: 'LOAD_FAILED' })
    await failLoading()
    await answer
  })

  it('is refused with what failed also once stopped', async () => {
    const { lazy, failLoading } = createLazy()
    lazy.start()
    lazy.stop()
    const answer = expect(lazy.call('profile', {})).rejects.toMatchObject({ code: 'LOAD_FAILED' })
    await failLoading()
    await answer
  })
})
