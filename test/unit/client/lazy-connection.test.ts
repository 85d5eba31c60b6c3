// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { lazyConnection } from '../../../src/runtime/app/client/lazy-connection'
import { notReady } from '../../../src/runtime/app/client/problems'
import type { PullConnection, PullStatusChange } from '../../../src/runtime/types'
import { createFakeConnection } from '../../../src/testing/fake-connection'
import { settle } from '../../support/settle'

const ping = { module: 'crm', command: 'ping' }
const gap = { cause: 'no-id', from: 1, to: 2 } as const

/** A lazy connection whose code arrives, or fails to, when the test says so. */
function createLazy() {
  const fake = createFakeConnection()
  const loads: { resolve: (connection: PullConnection) => void, reject: (error: unknown) => void }[] = []
  const load = vi.fn(() => new Promise<PullConnection>((resolve, reject) => loads.push({ resolve, reject })))
  const lazy = lazyConnection(load)
  const changes: PullStatusChange[] = []
  lazy.onStatus(change => changes.push(change))
  return {
    fake, load, lazy, changes,
    async arrive() {
      loads.at(-1)!.resolve(fake)
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
})

describe('before its code is there', () => {
  it('loads nothing until it is started', () => {
    const { lazy, load } = createLazy()
    expect(lazy.state.status).toBe('idle')
    expect(lazy.session).toEqual({ frame: null, userId: null, transport: null })
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
    expect(lazy.session).toMatchObject({ userId: 1, transport: 'websocket' })
  })

  it('passes on messages, sessions and gaps to those who listened before', async () => {
    const { fake, lazy, arrive } = createLazy()
    const heard = { message: vi.fn(), session: vi.fn(), gap: vi.fn() }
    lazy.onMessage(heard.message)
    lazy.onSession(heard.session)
    lazy.onGap(heard.gap)
    lazy.start()
    await arrive()
    fake.receive(ping)
    fake.reportGap(gap)
    expect(heard.message).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(ping))
    expect(heard.session).toHaveBeenCalled()
    expect(heard.gap).toHaveBeenCalledExactlyOnceWith(gap)
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
  it('says why and when it is tried again, on the ladder', async () => {
    fakeTimers()
    const { lazy, load, failLoading, arrive } = createLazy()
    lazy.start()
    await failLoading()
    expect(lazy.state).toMatchObject({ status: 'connecting', attempt: 1, reason: { code: 'LOAD_FAILED', cause: 'Failed to fetch dynamically imported module' } })
    expect(lazy.state.nextRetryAt).toBeLessThanOrEqual(120)
    await vi.advanceTimersByTimeAsync(120)
    await failLoading()
    expect(lazy.state.nextRetryAt! - Date.now()).toBeGreaterThanOrEqual(15_000)
    await vi.advanceTimersByTimeAsync(18_000)
    expect(load).toHaveBeenCalledTimes(3)
    await arrive()
    expect(lazy.state.status).toBe('connected')
  })

  it('is not tried again once stopped', async () => {
    fakeTimers()
    const { lazy, load, failLoading } = createLazy()
    lazy.start()
    await failLoading()
    lazy.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(load).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['start', 'reconnect'] as const)('loads again at %s()', async (method) => {
    const { lazy, load, failLoading, arrive } = createLazy()
    lazy.start()
    await failLoading()
    lazy[method]()
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2))
    await arrive()
    expect(lazy.state.status).toBe('connected')
  })

  it('loads again when it is started from a listener of the failure', async () => {
    const { lazy, load, failLoading, arrive } = createLazy()
    const off = lazy.onStatus(({ reason }) => {
      if (!reason) return
      off()
      lazy.start()
    })
    lazy.start()
    await failLoading()
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2))
    await arrive()
    expect(lazy.state.status).toBe('connected')
  })

  it.each(['online', 'pageshow', 'reconnect'] as const)('is tried again at once by a wake (%s), and once more at the end of its 15 s', async (wake) => {
    fakeTimers()
    const { lazy, load, failLoading } = createLazy()
    const wakeUp = () => wake === 'reconnect' ? lazy.reconnect() : dispatchEvent(new Event(wake))
    lazy.start()
    for (const delay of [120, 18_000, 54_000]) {
      await failLoading()
      await vi.advanceTimersByTimeAsync(delay)
    }
    await failLoading()
    expect(load).toHaveBeenCalledTimes(4)
    const { attempt, nextRetryAt } = lazy.state
    expect(nextRetryAt! - Date.now()).toBeGreaterThan(40_000)
    wakeUp()
    await vi.advanceTimersByTimeAsync(0)
    expect(load).toHaveBeenCalledTimes(5)
    const wokenAt = Date.now()
    wakeUp()
    expect(lazy.state.nextRetryAt).toBeNull()
    await failLoading()
    expect(lazy.state.attempt).toBe(attempt)
    wakeUp()
    wakeUp()
    expect(lazy.state.nextRetryAt).toBe(wokenAt + 15_000)
    await vi.advanceTimersByTimeAsync(14_999)
    expect(load).toHaveBeenCalledTimes(5)
    await vi.advanceTimersByTimeAsync(1)
    expect(load).toHaveBeenCalledTimes(6)
    lazy.stop()
  })

  it('hears of no wake once stopped or connected', async () => {
    const listen = vi.spyOn(window, 'addEventListener')
    const forget = vi.spyOn(window, 'removeEventListener')
    const { lazy, failLoading, arrive } = createLazy()
    lazy.start()
    await failLoading()
    lazy.stop()
    expect(forget.mock.calls).toEqual(listen.mock.calls)
    lazy.start()
    await arrive()
    expect(listen.mock.calls).toHaveLength(6)
    expect(forget.mock.calls).toEqual(listen.mock.calls)
  })

  it('is suspended after two minutes, and connects when the code arrives', async () => {
    fakeTimers()
    const { lazy, words, failLoading, arrive } = createLazy()
    lazy.start()
    await failLoading()
    await vi.advanceTimersByTimeAsync(119_999)
    expect(lazy.state.status).toBe('connecting')
    await vi.advanceTimersByTimeAsync(1)
    expect(lazy.state).toMatchObject({ status: 'suspended', reason: { code: 'LOAD_FAILED' } })
    await failLoading()
    lazy.reconnect()
    await vi.advanceTimersByTimeAsync(0)
    await arrive()
    expect(words().slice(-3)).toEqual(['suspended', 'connecting', 'connected'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stays closed when it was stopped meanwhile', async () => {
    const { lazy, words, failLoading } = createLazy()
    lazy.start()
    lazy.stop()
    await failLoading()
    expect(words()).toEqual(['connecting', 'closed'])
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

  it('is refused at once while a load that failed is not yet tried again', async () => {
    const { lazy, load, failLoading } = createLazy()
    lazy.start()
    await failLoading()
    await expect(lazy.call('profile', {})).rejects.toMatchObject({ code: 'LOAD_FAILED' })
    expect(load).toHaveBeenCalledOnce()
    lazy.stop()
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

describe('users to watch', () => {
  it('wait for the code and are then watched by what it made', async () => {
    const { fake, lazy, arrive } = createLazy()
    const told = vi.fn()
    lazy.watchUser(2, told)
    lazy.start()
    await arrive()
    expect(fake.watchedUsers).toEqual([2])
    fake.tellPresence(2, { lastSeen: 5 })
    expect(told).toHaveBeenCalledExactlyOnceWith({ lastSeen: 5, error: null })
  })

  it('are not watched when nobody wants it any more by then', async () => {
    const { fake, lazy, arrive } = createLazy()
    lazy.watchUser(2, () => {})()
    lazy.start()
    await arrive()
    expect(fake.watchedUsers).toEqual([])
  })

  it('are let go whenever they were asked for', async () => {
    const { fake, lazy, arrive } = createLazy()
    const endEarly = lazy.watchUser(2, () => {})
    lazy.start()
    await arrive()
    const endLate = lazy.watchUser(3, () => {})
    expect(fake.watchedUsers).toEqual([2, 3])
    endEarly()
    endLate()
    expect(fake.watchedUsers).toEqual([])
  })
})
