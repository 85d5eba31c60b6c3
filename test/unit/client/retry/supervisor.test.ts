import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSupervisor } from '../../../../src/runtime/app/client/retry/supervisor'
import type { SupervisedLink, Supervisor } from '../../../../src/runtime/app/client/retry/supervisor'
import { toStatusChange } from '../../../../src/runtime/app/client/retry/status-change'
import type { PullConnectionState, PullStatusChange } from '../../../../src/runtime/types'
import { PullError } from '../../../../src/runtime/utils/errors'

const T0 = new Date('2026-01-01T00:00:00Z').getTime()
const SECOND = 1000
const MINUTE = 60 * SECOND
/** The ladder without its random part: retries 1 to 12. */
const LADDER = [100, 15_000, 45_000, 45_000, 45_000, 600_000, 600_000, 600_000, 600_000, 600_000, 3_600_000, 3_600_000]

const problem = (code: 'CONNECTION_LOST' | 'WRONG_AUTH_TYPE' = 'CONNECTION_LOST') => new PullError({ code, message: 'm', why: 'w', fix: 'f' })

/** A supervisor over a link that does nothing by itself. Times of attempts are ms since the start of the test. */
function supervise({ onChange }: { onChange?: (current: PullConnectionState) => void } = {}) {
  const attempts: number[] = []
  const changes: PullStatusChange[] = []
  let token = 0
  const link = {
    open: vi.fn<SupervisedLink['open']>((mine) => {
      token = mine
      attempts.push(Date.now() - T0)
    }),
    close: vi.fn<SupervisedLink['close']>(),
    probe: vi.fn<SupervisedLink['probe']>(() => Promise.resolve(true)),
    giveUp: vi.fn<SupervisedLink['giveUp']>((mine, reason) => supervisor.lost(mine, reason)),
  }
  const supervisor: Supervisor = createSupervisor(link, (previous, current) => {
    changes.push(toStatusChange(previous, current))
    onChange?.(current)
  }, () => 0)
  return {
    supervisor, link, attempts, changes,
    /** Token of the last attempt. */
    get token() {
      return token
    },
    open: () => supervisor.opened(token),
    lose: (wait?: number) => supervisor.lost(token, problem(), wait),
    status: () => supervisor.state.status,
    /** ms from now to the next try. */
    nextIn: () => supervisor.state.nextRetryAt === null ? null : supervisor.state.nextRetryAt - Date.now(),
  }
}

/** A supervisor whose connection has been up for a minute and is lost now. */
function superviseLoss() {
  const all = supervise()
  all.supervisor.start()
  all.open()
  vi.advanceTimersByTime(MINUTE)
  all.lose()
  return all
}

beforeEach(() => {
  vi.useFakeTimers({ now: T0 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('starting', () => {
  it('is idle and does nothing until it is started', () => {
    const { attempts, status } = supervise()
    vi.advanceTimersByTime(10 * MINUTE)
    expect(status()).toBe('idle')
    expect(attempts).toEqual([])
  })

  it('attempts at once and says so', () => {
    const { supervisor, attempts, changes } = supervise()
    supervisor.start()
    expect(attempts).toEqual([0])
    expect(changes).toEqual([{ previous: 'idle', current: 'connecting' }])
  })

  it('is connected when the link has opened', () => {
    const { supervisor, open, changes } = supervise()
    supervisor.start()
    open()
    expect(changes.at(-1)).toEqual({ previous: 'connecting', current: 'connected' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes one attempt however often it is started', () => {
    const { supervisor, attempts } = supervise()
    supervisor.start()
    supervisor.start()
    expect(attempts).toEqual([0])
  })

  it('leaves a connection alone when it is started again', () => {
    const { supervisor, link, open, status } = supervise()
    supervisor.start()
    open()
    supervisor.start()
    expect(status()).toBe('connected')
    expect(link.open).toHaveBeenCalledOnce()
  })
})

describe('the ladder', () => {
  it('is climbed while attempts fail', () => {
    const { supervisor, attempts, lose, nextIn } = supervise()
    supervisor.start()
    for (const [i, delay] of LADDER.entries()) {
      lose()
      expect(nextIn()).toBe(delay)
      expect(supervisor.state.attempt).toBe(i + 1)
      vi.advanceTimersByTime(delay)
    }
    const times = LADDER.reduce((sums, delay) => [...sums, sums.at(-1)! + delay], [0])
    expect(attempts).toEqual(times)
  })

  it('makes no attempt before its time', () => {
    const { supervisor, attempts, lose } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(99)
    expect(attempts).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(attempts).toHaveLength(2)
  })

  it('adds up to a fifth by chance', () => {
    const supervisor = createSupervisor({ open: () => {}, close: () => {}, probe: () => Promise.resolve(true), giveUp: () => {} }, () => {}, () => 1)
    supervisor.start()
    supervisor.lost(2, problem())
    expect(supervisor.state.nextRetryAt).toBe(T0 + 120)
  })

  it('waits as long as the platform asks where it does', () => {
    const { supervisor, attempts, open, lose, nextIn } = supervise()
    supervisor.start()
    open()
    lose(70 * SECOND)
    expect(nextIn()).toBe(70 * SECOND)
    vi.advanceTimersByTime(70 * SECOND)
    expect(attempts).toEqual([0, 70 * SECOND])
  })

  it('shows a drop at once, with its reason and the time of the next try', () => {
    const { changes } = superviseLoss()
    expect(changes.at(-1)).toEqual({
      previous: 'connected', current: 'reconnecting', reason: expect.objectContaining({ code: 'CONNECTION_LOST' }),
      attempt: 1, nextRetryAt: T0 + MINUTE + 100,
    })
  })

  it('begins anew after 10 s of being connected', () => {
    const { supervisor, open, lose } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(100)
    lose()
    vi.advanceTimersByTime(15_000)
    open()
    vi.advanceTimersByTime(10_000)
    lose()
    expect(supervisor.state.attempt).toBe(1)
  })

  it('goes on where the connection was shorter', () => {
    const { supervisor, open, lose } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(100)
    lose()
    vi.advanceTimersByTime(15_000)
    open()
    vi.advanceTimersByTime(9_999)
    lose()
    expect(supervisor.state.attempt).toBe(3)
  })

  it('does not hammer a server that accepts and closes', () => {
    const { supervisor, attempts, open, lose } = supervise()
    supervisor.start()
    while (Date.now() - T0 < 60 * MINUTE) {
      open()
      lose()
      vi.advanceTimersToNextTimer()
    }
    expect(attempts.filter(at => at < 60 * MINUTE)).toHaveLength(11)
  })

  it('makes one attempt for one end, however often that is reported', () => {
    const { attempts, token, supervisor } = superviseLoss()
    supervisor.lost(token, problem())
    supervisor.lost(token, problem())
    vi.advanceTimersByTime(100)
    expect(attempts).toHaveLength(2)
  })

  it('makes an attempt that says nothing for 45 s a failed one', () => {
    const { supervisor, status, nextIn } = supervise()
    supervisor.start()
    vi.advanceTimersByTime(45_000 - 1)
    expect(supervisor.state.reason).toBeNull()
    vi.advanceTimersByTime(1)
    expect(supervisor.state).toMatchObject({ reason: { code: 'CONNECT_TIMEOUT' }, attempt: 1 })
    expect([status(), nextIn()]).toEqual(['connecting', 100])
  })
})

describe('suspended', () => {
  it('comes 2 minutes after the first start', () => {
    const { supervisor, lose, status } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(2 * MINUTE - 1)
    expect(status()).toBe('connecting')
    vi.advanceTimersByTime(1)
    expect(status()).toBe('suspended')
  })

  it('comes 2 minutes after the loss, whatever attempts there were', () => {
    const { lose, status } = superviseLoss()
    vi.advanceTimersByTime(100)
    lose()
    vi.advanceTimersByTime(15_000)
    lose()
    vi.advanceTimersByTime(2 * MINUTE - 15_100 - 1)
    expect(status()).toBe('reconnecting')
    vi.advanceTimersByTime(1)
    expect(status()).toBe('suspended')
  })

  it('keeps reason, attempt and the time of the next try', () => {
    const { supervisor, lose } = superviseLoss()
    for (const delay of [100, 15_000, 45_000, 45_000]) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const { nextRetryAt } = supervisor.state
    vi.advanceTimersByTime(2 * MINUTE - 105_100)
    expect(supervisor.state).toEqual({ status: 'suspended', reason: expect.any(PullError), attempt: 5, nextRetryAt })
  })

  it('goes on trying and ends with the connection', () => {
    const { supervisor, attempts, open, lose, status, nextIn } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(100)
    vi.advanceTimersByTime(5 * MINUTE)
    expect(status()).toBe('suspended')
    expect(attempts.length).toBeGreaterThan(2)
    vi.advanceTimersByTime(nextIn()!)
    open()
    expect(supervisor.state).toEqual({ status: 'connected', reason: null, attempt: 0, nextRetryAt: null })
  })

  it('does not come while connected', () => {
    const { supervisor, open, status } = supervise()
    supervisor.start()
    open()
    vi.advanceTimersByTime(60 * MINUTE)
    expect(status()).toBe('connected')
  })
})

describe('a machine that slept, and a page that nothing woke', () => {
  const BEAT = 15 * SECOND
  /** As in a sleep: the clock goes on, timers do not. */
  const clockRunsOn = (ms: number) => vi.setSystemTime(Date.now() + ms)

  it('makes the try that fell due', () => {
    const { attempts, lose } = superviseLoss()
    for (const delay of LADDER.slice(0, 5)) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const before = attempts.length
    clockRunsOn(60 * MINUTE)
    vi.advanceTimersByTime(BEAT)
    expect(attempts.length).toBe(before + 1)
  })

  it('is suspended when it was away for two minutes', () => {
    const { supervisor, status } = supervise()
    supervisor.start()
    clockRunsOn(2 * MINUTE)
    vi.advanceTimersByTime(BEAT)
    expect(status()).toBe('suspended')
  })

  it('gives up the attempt that was under way', () => {
    const { supervisor, attempts } = supervise()
    supervisor.start()
    clockRunsOn(60 * MINUTE)
    vi.advanceTimersByTime(BEAT)
    expect(supervisor.state.reason?.code).toBe('CONNECT_TIMEOUT')
    vi.advanceTimersByTime(100)
    expect(attempts.length).toBe(2)
  })
})

describe('a machine whose clock is changed', () => {
  const HOUR = 60 * MINUTE

  it.each([-2 * HOUR, -24 * HOUR])('by %i ms while the connection is away tries when it would have tried', (change) => {
    const { attempts, lose } = superviseLoss()
    vi.advanceTimersByTime(100)
    lose()
    vi.setSystemTime(Date.now() + change)
    vi.advanceTimersByTime(15_000 - 1)
    expect(attempts).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(attempts).toHaveLength(3)
  })

  it('back tries at the user\'s wish, again and again, within the limit of wakes', () => {
    const { supervisor, attempts, lose } = superviseLoss()
    for (const delay of LADDER.slice(0, 6)) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const before = attempts.length
    for (let i = 0; i < 5; i++) {
      vi.setSystemTime(Date.now() - 2 * HOUR)
      supervisor.wake(true)
      lose()
      expect(supervisor.state.nextRetryAt).toBeGreaterThan(Date.now())
      expect(supervisor.state.nextRetryAt! - Date.now()).toBeLessThanOrEqual(600_000)
      vi.advanceTimersByTime(15_000)
    }
    expect(attempts.length - before).toBe(5)
  })

  it('back is suspended two minutes after the loss', () => {
    const { status } = superviseLoss()
    vi.setSystemTime(Date.now() - 24 * HOUR)
    vi.advanceTimersByTime(2 * MINUTE)
    expect(status()).toBe('suspended')
  })

  it('back gives up the attempt under way after 45 s', () => {
    const { supervisor } = supervise()
    supervisor.start()
    vi.setSystemTime(Date.now() - 24 * HOUR)
    vi.advanceTimersByTime(45_000)
    expect(supervisor.state.reason?.code).toBe('CONNECT_TIMEOUT')
  })

  it('back begins the ladder anew after 10 s of being connected', () => {
    const { supervisor, open, lose } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(100)
    open()
    vi.setSystemTime(Date.now() - 24 * HOUR)
    vi.advanceTimersByTime(10_000)
    lose()
    expect(supervisor.state.attempt).toBe(1)
  })

  it('ahead makes the try that it lets fall due, and no more than that', () => {
    const { attempts, lose } = superviseLoss()
    for (const delay of LADDER.slice(0, 5)) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const before = attempts.length
    vi.setSystemTime(Date.now() + 24 * HOUR)
    vi.advanceTimersByTime(15_000)
    expect(attempts).toHaveLength(before + 1)
  })
})

describe('what the supervisor itself gives up', () => {
  it('is told to the link, as an attempt that says nothing', () => {
    const { supervisor, link, token } = supervise()
    supervisor.start()
    vi.advanceTimersByTime(45_000)
    expect(link.giveUp).toHaveBeenCalledExactlyOnceWith(token + 2, expect.objectContaining({ code: 'CONNECT_TIMEOUT' }))
  })

  it('is told to the link, as a connection that is found dead', async () => {
    const { supervisor, link, open } = supervise()
    supervisor.start()
    open()
    link.probe.mockResolvedValue(false)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(link.giveUp).toHaveBeenCalledExactlyOnceWith(expect.any(Number), expect.objectContaining({ code: 'CONNECTION_LOST' }))
  })
})

describe('a wake', () => {
  it('tries at once the first time', () => {
    const { supervisor, attempts, lose } = superviseLoss()
    vi.advanceTimersByTime(100)
    lose()
    vi.advanceTimersByTime(5000)
    supervisor.wake()
    expect(attempts.at(-1)).toBe(MINUTE + 5100)
    expect(supervisor.state.nextRetryAt).toBeNull()
  })

  it('does not advance the ladder', () => {
    const { supervisor, lose } = superviseLoss()
    vi.advanceTimersByTime(100)
    lose()
    vi.advanceTimersByTime(5000)
    supervisor.wake()
    lose()
    expect(supervisor.state.attempt).toBe(2)
  })

  it('that fails leaves the ladder\'s own next try where it was', () => {
    const { supervisor, lose, nextIn } = superviseLoss()
    vi.advanceTimersByTime(100)
    lose()
    const before = nextIn()!
    vi.advanceTimersByTime(5 * SECOND)
    supervisor.wake()
    lose()
    expect(nextIn()).toBe(before - 5 * SECOND)
  })

  it('waits where the platform has asked to wait, unless it is the user\'s', () => {
    const { supervisor, attempts, lose, open } = superviseLoss()
    vi.advanceTimersByTime(100)
    open()
    const before = attempts.length
    lose(60 * SECOND)
    vi.advanceTimersByTime(20 * SECOND)
    supervisor.wake()
    expect(attempts).toHaveLength(before)
    supervisor.wake(true)
    expect(attempts).toHaveLength(before + 1)
  })

  it('never advances the ladder, however many there are', () => {
    const { supervisor, attempts, lose } = superviseLoss()
    for (const delay of LADDER.slice(0, 5)) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const before = attempts.length
    for (let i = 0; i < 20; i++) {
      supervisor.wake()
      lose()
      vi.advanceTimersByTime(16 * SECOND)
    }
    expect(attempts).toHaveLength(before + 20)
    expect(supervisor.state.attempt).toBe(6)
  })

  it('is put off to the end of the 15 s after an earlier one, and says so', () => {
    const { supervisor, attempts, lose, nextIn } = superviseLoss()
    for (const delay of [100, 15_000]) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    supervisor.wake()
    lose()
    vi.advanceTimersByTime(5000)
    const before = attempts.length
    supervisor.wake()
    expect(attempts).toHaveLength(before)
    expect(nextIn()).toBe(10_000)
    vi.advanceTimersByTime(10_000)
    expect(attempts).toHaveLength(before + 1)
  })

  it('makes one attempt of many within the 15 s', () => {
    const { supervisor, attempts, lose } = superviseLoss()
    for (const delay of [100, 15_000]) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    const before = attempts.length
    for (let i = 0; i < 14; i++) {
      supervisor.wake()
      if (i === 0) lose()
      vi.advanceTimersByTime(SECOND)
    }
    vi.advanceTimersByTime(SECOND)
    expect(attempts).toHaveLength(before + 2)
  })

  it('leaves an earlier try of the ladder in its place', () => {
    const { supervisor, lose, nextIn } = superviseLoss()
    supervisor.wake()
    supervisor.lost(0, problem())
    lose()
    expect(nextIn()).toBe(100)
    supervisor.wake()
    expect(nextIn()).toBe(100)
  })

  it('does nothing to an attempt of up to 10 s', () => {
    const { supervisor, attempts } = supervise()
    supervisor.start()
    vi.advanceTimersByTime(10_000)
    supervisor.wake()
    expect(attempts).toEqual([0])
  })

  it('replaces an attempt that has lasted over 10 s', () => {
    const { supervisor, attempts } = supervise()
    supervisor.start()
    vi.advanceTimersByTime(10_001)
    supervisor.wake()
    expect(attempts).toEqual([0, 10_001])
  })

  it('that was put off is kept when the attempt at hand fails meanwhile', () => {
    const { supervisor, attempts, lose, nextIn } = superviseLoss()
    for (const delay of [100, 15_000]) {
      vi.advanceTimersByTime(delay)
      lose()
    }
    supervisor.wake()
    vi.advanceTimersByTime(12_000)
    supervisor.wake()
    expect(nextIn()).toBe(3000)
    lose()
    expect(nextIn()).toBe(3000)
    const before = attempts.length
    vi.advanceTimersByTime(3000)
    expect(attempts).toHaveLength(before + 1)
  })

  it('that was put off gives way when the platform asks to wait', () => {
    const { supervisor, lose, nextIn } = superviseLoss()
    vi.advanceTimersByTime(100)
    vi.advanceTimersByTime(11_000)
    supervisor.wake()
    vi.advanceTimersByTime(11_000)
    supervisor.wake()
    lose(MINUTE)
    expect(nextIn()).toBe(MINUTE)
  })

  it.each(['idle', 'closed'])('does nothing when %s', (status) => {
    const { supervisor, attempts, status: now } = supervise()
    if (status === 'closed') {
      supervisor.start()
      supervisor.stop()
    }
    const before = attempts.length
    supervisor.wake(true)
    expect(attempts).toHaveLength(before)
    expect(now()).toBe(status)
  })

  it('does nothing when failed', () => {
    const all = supervise()
    all.supervisor.start()
    all.supervisor.failed(all.token, problem('WRONG_AUTH_TYPE'))
    all.supervisor.wake()
    expect(all.attempts).toEqual([0])
    expect(all.status()).toBe('failed')
  })

  it('by the user starts again when failed', () => {
    const all = supervise()
    all.supervisor.start()
    all.supervisor.failed(all.token, problem('WRONG_AUTH_TYPE'))
    all.supervisor.wake(true)
    expect(all.attempts).toEqual([0, 0])
    expect(all.status()).toBe('connecting')
  })
})

describe('a wake while connected', () => {
  function connect() {
    const all = supervise()
    all.supervisor.start()
    all.open()
    vi.advanceTimersByTime(MINUTE)
    return all
  }

  it('keeps a connection that answers', async () => {
    const { supervisor, link, status } = connect()
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(link.probe).toHaveBeenCalledOnce()
    expect(status()).toBe('connected')
  })

  it.each([
    ['says no', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(new Error('gone'))],
  ])('gives up a connection whose probe %s, and tries at once', async (_, probe) => {
    const { supervisor, link, attempts, changes } = connect()
    link.probe.mockImplementation(probe)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(changes.at(-1)).toMatchObject({ current: 'reconnecting', reason: { code: 'CONNECTION_LOST' } })
    await vi.advanceTimersByTimeAsync(100)
    expect(attempts).toEqual([0, MINUTE + 100])
  })

  it('probes once at a time', async () => {
    const { supervisor, link } = connect()
    link.probe.mockReturnValue(new Promise(() => {}))
    supervisor.wake()
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(link.probe).toHaveBeenCalledOnce()
  })

  it('ignores the answer about an earlier connection', async () => {
    const { supervisor, link, lose, open, status } = connect()
    let answer = (_: boolean) => {}
    link.probe.mockReturnValue(new Promise(resolve => answer = resolve))
    supervisor.wake()
    lose()
    vi.advanceTimersByTime(100)
    open()
    answer(false)
    await vi.advanceTimersByTimeAsync(0)
    expect(status()).toBe('connected')
  })
})

describe('what belongs to an earlier attempt', () => {
  it('changes nothing any more', () => {
    const all = superviseLoss()
    const old = all.token
    vi.advanceTimersByTime(100)
    const { state } = all.supervisor
    all.supervisor.opened(old)
    all.supervisor.lost(old, problem())
    all.supervisor.failed(old, problem('WRONG_AUTH_TYPE'))
    expect(all.supervisor.state).toBe(state)
    expect(all.token).toBeGreaterThan(old)
  })

  it('changes nothing while the next try is waited for', () => {
    const { supervisor, token } = superviseLoss()
    supervisor.opened(token)
    expect(supervisor.state.status).toBe('reconnecting')
  })

  it('changes nothing once stopped', () => {
    const { supervisor, token } = superviseLoss()
    supervisor.stop()
    supervisor.opened(token)
    supervisor.lost(token, problem())
    expect(supervisor.state.status).toBe('closed')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('stopping', () => {
  const phases: Record<string, (all: ReturnType<typeof supervise>) => void> = {
    'connecting': () => {},
    'waiting for the first retry': all => all.lose(),
    'connected': all => all.open(),
    'reconnecting': (all) => {
      all.open()
      all.lose()
    },
    'reconnecting, in an attempt': (all) => {
      all.open()
      all.lose()
      vi.advanceTimersByTime(100)
    },
    'suspended': (all) => {
      all.lose()
      vi.advanceTimersByTime(3 * MINUTE)
    },
    'waiting for a wake that was put off': (all) => {
      vi.advanceTimersByTime(11_000)
      all.supervisor.wake()
      vi.advanceTimersByTime(11_000)
      all.supervisor.wake()
    },
    'failed': all => all.supervisor.failed(all.token, problem('WRONG_AUTH_TYPE')),
  }

  it.each(Object.entries(phases))('leaves nothing behind while %s', (_, reach) => {
    const all = supervise()
    all.supervisor.start()
    reach(all)
    all.supervisor.stop()
    const attempts = all.attempts.length
    expect(all.supervisor.state).toEqual({ status: 'closed', reason: null, attempt: 0, nextRetryAt: null })
    expect(all.link.close).toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(120 * MINUTE)
    expect(all.attempts).toHaveLength(attempts)
  })

  it.each(Object.entries(phases))('can be followed by a start while %s', (_, reach) => {
    const all = supervise()
    all.supervisor.start()
    reach(all)
    all.supervisor.stop()
    all.supervisor.start()
    all.open()
    expect(all.supervisor.state).toEqual({ status: 'connected', reason: null, attempt: 0, nextRetryAt: null })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes no attempt when it comes from a listener of the start', () => {
    const { supervisor, attempts } = supervise({ onChange: ({ status }) => status === 'connecting' && supervisor.stop() })
    supervisor.start()
    expect(attempts).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('makes no further attempt when it comes from a listener of the loss', () => {
    const { supervisor, attempts, open, lose } = supervise({ onChange: ({ status }) => status === 'reconnecting' && supervisor.stop() })
    supervisor.start()
    open()
    lose()
    expect(vi.getTimerCount()).toBe(0)
    expect(attempts).toHaveLength(1)
  })

  it('begins the ladder anew with the next start', () => {
    const { supervisor, lose, nextIn } = supervise()
    supervisor.start()
    lose()
    vi.advanceTimersByTime(100)
    lose()
    supervisor.stop()
    supervisor.start()
    lose()
    expect(nextIn()).toBe(100)
  })
})

describe('failing', () => {
  it('ends everything with its reason and no timer', () => {
    const all = supervise()
    all.supervisor.start()
    all.supervisor.failed(all.token, problem('WRONG_AUTH_TYPE'))
    expect(all.changes.at(-1)).toEqual({ previous: 'connecting', current: 'failed', reason: expect.objectContaining({ code: 'WRONG_AUTH_TYPE' }) })
    expect(all.link.close).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('can be followed by a start', () => {
    const all = supervise()
    all.supervisor.start()
    all.supervisor.failed(all.token, problem('WRONG_AUTH_TYPE'))
    all.supervisor.start()
    all.open()
    expect(all.status()).toBe('connected')
  })
})
