import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRefreshSchedule, defaultTiming } from '../../../src/runtime/app/services/refresh-schedule'
import type { FetchOutcome } from '../../../src/runtime/app/services/refresh-schedule'
import type { PullRefreshReason, PullRefreshTiming } from '../../../src/runtime/types'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

beforeEach(() => vi.useFakeTimers({ now: 0 }))
afterEach(() => vi.useRealTimers())

interface Run { at: number, reason: PullRefreshReason }

/** A schedule whose fetches are over at once, with the outcomes in turn (then `none`); times are in s since the beginning. */
function createSchedule({ timing = {}, outcomes = [], random = () => 0.5 }: { timing?: Partial<PullRefreshTiming>, outcomes?: FetchOutcome[], random?: () => number } = {}) {
  const runs: Run[] = []
  const schedule = createRefreshSchedule({
    timing: { ...defaultTiming, ...timing },
    random,
    run: async (reason) => {
      runs.push({ at: Date.now() / second, reason })
      return outcomes[runs.length - 1] ?? 'none'
    },
  })
  return {
    schedule, runs,
    log: () => runs.map(({ at, reason }) => `${at} ${reason}`),
    after: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

/** A schedule whose fetches take as long as the test wants. */
function createSlow(timing: Partial<PullRefreshTiming> = {}) {
  const reasons: PullRefreshReason[] = []
  const ends: ((outcome: FetchOutcome) => void)[] = []
  let atOnce = 0
  let mostAtOnce = 0
  const schedule = createRefreshSchedule({
    timing: { ...defaultTiming, spread: 0, ...timing },
    run: reason => new Promise<FetchOutcome>((resolve) => {
      reasons.push(reason)
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      ends.push((outcome) => {
        atOnce--
        resolve(outcome)
      })
    }),
  })
  return {
    schedule, reasons,
    mostAtOnce: () => mostAtOnce,
    async end(outcome: FetchOutcome = 'none') {
      ends.shift()!(outcome)
      await vi.advanceTimersByTimeAsync(0)
    },
    after: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

describe('the fetch at the start', () => {
  it('comes with the connection', async () => {
    const { schedule, log, after } = createSchedule()
    schedule.connection('connecting')
    await after(3 * second)
    expect(log()).toEqual([])
    schedule.connection('connected')
    await after(hour)
    expect(log()).toEqual(['3 start'])
  })

  it('does not wait for a connection longer than the grace period', async () => {
    const { schedule, log, after } = createSchedule()
    schedule.connection('connecting')
    await after(minute)
    expect(log()).toEqual(['10 start'])
  })

  it.each(['failed', 'closed'] as const)('comes at once where no connection is to be expected: %s', async (status) => {
    const { schedule, log, after } = createSchedule()
    schedule.connection(status)
    await after(9 * second)
    expect(log()).toEqual(['0 start'])
  })

  it('comes once, whatever the connection does', async () => {
    const { schedule, log, after } = createSchedule()
    for (const status of ['idle', 'connecting', 'connected', 'reconnecting', 'connected', 'closed', 'connecting', 'connected'] as const) schedule.connection(status)
    await after(hour)
    expect(log()).toEqual(['0 start'])
  })

  it('is left out where the caller wants none', async () => {
    const { schedule, log, after } = createSchedule({ timing: { immediate: false } })
    schedule.connection('connected')
    await after(hour)
    expect(log()).toEqual([])
  })

  it('that failed is tried again after an interval, until it succeeds', async () => {
    const { schedule, log, after } = createSchedule({ outcomes: ['failed', 'failed'] })
    schedule.connection('connected')
    await after(hour)
    expect(log()).toEqual(['0 start', '60 start', '120 start'])
  })

  it('that failed while there was no connection is tried again with the connection', async () => {
    const { schedule, log, after } = createSchedule({ outcomes: ['failed'] })
    schedule.connection('connecting')
    await after(20 * second)
    schedule.connection('connected')
    await after(hour)
    expect(log()).toEqual(['10 start', '20 start'])
  })
})

describe('while the connection is away', () => {
  /** Connected and begun; then away at 0 s. */
  async function goAway(options: Parameters<typeof createSchedule>[0] = {}) {
    const created = createSchedule({ ...options, timing: { immediate: false, ...options.timing } })
    created.schedule.connection('connected')
    created.schedule.connection('reconnecting')
    return created
  }

  it('waits for the grace period, then 60 s before each poll', async () => {
    const { log, after } = await goAway()
    await after(10 * second + 3 * minute)
    expect(log()).toEqual(['70 poll', '130 poll', '190 poll'])
  })

  it('polls after 10 s when data came, after 20 s when none came again, then after 60 s', async () => {
    const { log, after } = await goAway({ outcomes: ['none', 'data', 'data', 'none', 'none', 'data', 'none'] })
    await after(5 * minute)
    expect(log()).toEqual(['70 poll', '130 poll', '140 poll', '150 poll', '170 poll', '230 poll', '240 poll', '260 poll'])
  })

  it('counts a poll that failed as one that brought nothing', async () => {
    const { log, after } = await goAway({ outcomes: ['data', 'failed', 'failed'] })
    await after(3 * minute)
    expect(log()).toEqual(['70 poll', '80 poll', '100 poll', '160 poll'])
  })

  it('keeps to the caller\'s own times', async () => {
    const timing = { grace: 1000, interval: 600, intervalAfterData: 100, intervalAfterNone: 200 }
    const { log, after } = await goAway({ timing, outcomes: ['data'] })
    await after(3 * second)
    expect(log()).toEqual(['1.6 poll', '1.7 poll', '1.9 poll', '2.5 poll'])
  })

  it('does not poll in a drop that is shorter than the grace period', async () => {
    const { schedule, log, after } = await goAway()
    await after(10 * second - 1)
    schedule.connection('connected')
    await after(hour)
    expect(log()).toEqual([])
  })

  it('does not begin its grace period anew with each step of the status', async () => {
    const { schedule, log, after } = await goAway()
    await after(9 * second)
    for (const status of ['suspended', 'failed', 'connecting'] as const) schedule.connection(status)
    await after(61 * second)
    expect(log()).toEqual(['70 poll'])
  })

  it('ends with the connection, and begins the next time from the beginning', async () => {
    const { schedule, log, after } = await goAway({ outcomes: ['data'] })
    await after(75 * second)
    schedule.connection('connected')
    await after(25 * second)
    schedule.connection('reconnecting')
    await after(70 * second)
    expect(log()).toEqual(['70 poll', '170 poll'])
  })

  it('polls no more once the connection was stopped', async () => {
    const { schedule, log, after } = await goAway()
    await after(75 * second)
    schedule.connection('closed')
    await after(hour)
    expect(log()).toEqual(['70 poll'])
  })

  it('polls on after a start that had to go without a connection', async () => {
    const { schedule, log, after } = createSchedule()
    schedule.connection('failed')
    await after(3 * minute)
    expect(log()).toEqual(['0 start', '70 poll', '130 poll'])
  })

  it('polls at once when the page is back after a sleep over the time of a poll', async () => {
    const { schedule, log, after } = await goAway()
    await after(30 * second)
    vi.setSystemTime(hour)
    schedule.page(false)
    await after(minute)
    expect(log()).toEqual(['3600 poll', '3660 poll'])
  })

  it('polls within 15 s after a sleep where nothing tells that it is over', async () => {
    const { runs, after } = await goAway()
    await after(30 * second)
    vi.setSystemTime(hour)
    await after(15 * second)
    expect(runs).toHaveLength(1)
    expect(runs[0]!.at).toBeLessThanOrEqual(3615)
  })
})

describe('a gap', () => {
  async function begin(options: Parameters<typeof createSchedule>[0] = {}) {
    const created = createSchedule({ ...options, timing: { immediate: false, ...options.timing } })
    created.schedule.connection('connected')
    return created
  }

  it.each([[0, '0 gap'], [0.5, '2.5 gap'], [0.9, '4.5 gap']])('is fetched once, after a random delay of up to 5 s (%d)', async (random, expected) => {
    const { schedule, log, after } = await begin({ random: () => random })
    schedule.gap()
    await after(hour)
    expect(log()).toEqual([expected])
  })

  it('and another one during the delay are fetched once', async () => {
    const { schedule, log, after } = await begin()
    schedule.gap()
    await after(second)
    schedule.gap()
    await after(hour)
    expect(log()).toEqual(['2.5 gap'])
  })

  it('and another one later are fetched once each', async () => {
    const { schedule, log, after } = await begin()
    schedule.gap()
    await after(minute)
    schedule.gap()
    await after(hour)
    expect(log()).toEqual(['2.5 gap', '62.5 gap'])
  })

  it('is put off while the page is hidden, also when it hides during the delay, and then fetched once', async () => {
    const { schedule, log, after } = await begin()
    schedule.gap()
    schedule.page(true)
    await after(minute)
    schedule.gap()
    await after(minute)
    expect(log()).toEqual([])
    schedule.page(false)
    await after(hour)
    expect(log()).toEqual(['120 gap'])
  })

  it('keeps its delay when the page was hidden only during it', async () => {
    const { schedule, log, after } = await begin()
    schedule.gap()
    schedule.page(true)
    await after(second)
    schedule.page(false)
    await after(hour)
    expect(log()).toEqual(['2.5 gap'])
  })

  it('whose fetch failed is tried again after an interval; a new one does not wait for that', async () => {
    const { schedule, log, after } = await begin({ outcomes: ['failed', 'failed'] })
    schedule.gap()
    await after(62.5 * second)
    expect(log()).toEqual(['2.5 gap', '62.5 gap'])
    schedule.gap()
    await after(hour)
    expect(log()).toEqual(['2.5 gap', '62.5 gap', '65 gap'])
  })
})

describe('never two at a time', () => {
  it('a gap during a fetch is fetched once after it, however many there were', async () => {
    const { schedule, reasons, end, after, mostAtOnce } = createSlow()
    schedule.connection('connected')
    for (let i = 0; i < 3; i++) {
      schedule.gap()
      await after(second)
    }
    expect(reasons).toEqual(['start'])
    await end()
    expect(reasons).toEqual(['start', 'gap'])
    await end()
    await after(hour)
    expect(reasons).toEqual(['start', 'gap'])
    expect(mostAtOnce()).toBe(1)
  })

  it('a poll that is due during a fetch comes after it', async () => {
    const { schedule, reasons, end, after, mostAtOnce } = createSlow({ immediate: false })
    schedule.connection('connected')
    schedule.connection('reconnecting')
    void schedule.refresh()
    await after(2 * minute)
    expect(reasons).toEqual(['manual'])
    await end()
    expect(reasons).toEqual(['manual', 'poll'])
    expect(mostAtOnce()).toBe(1)
  })

  it('a poll that waited is not wanted any more when the connection is back', async () => {
    const { schedule, reasons, end, after } = createSlow({ immediate: false })
    schedule.connection('connected')
    schedule.connection('reconnecting')
    void schedule.refresh()
    await after(2 * minute)
    schedule.connection('connected')
    await end()
    await after(hour)
    expect(reasons).toEqual(['manual'])
  })

  it('counts the wait before the next poll from the end of the one before', async () => {
    const { schedule, reasons, end, after } = createSlow({ immediate: false })
    schedule.connection('reconnecting')
    await after(70 * second)
    await after(5 * minute)
    expect(reasons).toEqual(['poll'])
    await end('data')
    await after(10 * second - 1)
    expect(reasons).toEqual(['poll'])
    await after(1)
    expect(reasons).toEqual(['poll', 'poll'])
  })
})

describe('refresh()', () => {
  it('fetches at once and resolves when that is over', async () => {
    const { schedule, reasons, end, after } = createSlow({ immediate: false })
    schedule.connection('connected')
    const done = vi.fn()
    void schedule.refresh().then(done)
    expect(reasons).toEqual(['manual'])
    await after(minute)
    expect(done).not.toHaveBeenCalled()
    await end()
    expect(done).toHaveBeenCalledOnce()
  })

  it('during a fetch stands for one more, which all callers wait for', async () => {
    const { schedule, reasons, end } = createSlow()
    schedule.connection('connected')
    const done = vi.fn()
    void schedule.refresh().then(done)
    void schedule.refresh().then(done)
    await end()
    expect(reasons).toEqual(['start', 'manual'])
    expect(done).not.toHaveBeenCalled()
    await end()
    expect(done).toHaveBeenCalledTimes(2)
  })

  it('resolves for a caller who comes during the fetch only after the next one', async () => {
    const { schedule, reasons, end } = createSlow({ immediate: false })
    void schedule.refresh()
    const done = vi.fn()
    void schedule.refresh().then(done)
    await end()
    expect(done).not.toHaveBeenCalled()
    expect(reasons).toEqual(['manual', 'manual'])
    await end()
    expect(done).toHaveBeenCalledOnce()
  })

  it('comes before a gap that waits too', async () => {
    const { schedule, reasons, end, after } = createSlow()
    schedule.connection('connected')
    schedule.gap()
    await after(0)
    void schedule.refresh()
    await end()
    await end()
    expect(reasons).toEqual(['start', 'manual', 'gap'])
  })
})

describe('stop()', () => {
  it('leaves no timer and begins nothing any more', async () => {
    const { schedule, runs, after } = createSchedule({ timing: { immediate: false } })
    schedule.connection('reconnecting')
    schedule.gap()
    schedule.stop()
    expect(vi.getTimerCount()).toBe(0)
    schedule.connection('failed')
    schedule.gap()
    schedule.page(true)
    schedule.page(false)
    await schedule.refresh()
    await after(hour)
    expect(runs).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('during a fetch lets nothing follow, and lets nobody wait', async () => {
    const { schedule, reasons, end, after } = createSlow()
    schedule.connection('connected')
    const done = vi.fn()
    void schedule.refresh().then(done)
    schedule.gap()
    schedule.stop()
    await after(0)
    expect(done).toHaveBeenCalledOnce()
    await end('failed')
    await after(hour)
    expect(reasons).toEqual(['start'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a day of outages', () => {
  it('has a fetch at the start, one after each gap, and polls to the second', async () => {
    // Away from … to …, in s; and whether the server lost the place.
    const outages = [
      { from: 600, to: 605, gap: true },
      { from: 3600, to: 3609, gap: false },
      { from: 7200, to: 7265, gap: false },
      { from: 10_000, to: 10_071, gap: true },
      { from: 20_000, to: 20_000 + 3600, gap: true },
      { from: 40_000, to: 40_000 + 6 * 3600 + 5, gap: true },
    ]
    // Data come in two of them, at these polls (by number from 1).
    const withData = new Set([3, 4, 10, 100, 101, 102])
    let polls = 0
    const runs: Run[] = []
    const schedule = createRefreshSchedule({
      timing: defaultTiming,
      random: () => 0.2,
      run: async (reason) => {
        runs.push({ at: Date.now() / second, reason })
        return reason === 'poll' && withData.has(++polls) ? 'data' : 'none'
      },
    })
    const clockAt = (at: number) => vi.advanceTimersByTimeAsync(at * second - Date.now())

    schedule.connection('connecting')
    await clockAt(1)
    schedule.connection('connected')
    for (const { from, to, gap } of outages) {
      await clockAt(from)
      schedule.connection('reconnecting')
      if (to - from > 120) {
        await clockAt(from + 120)
        schedule.connection('suspended')
      }
      await clockAt(to)
      schedule.connection('connected')
      if (gap) schedule.gap()
    }
    await clockAt(86_400)

    // The same, said once more without timers.
    const expected: Run[] = [{ at: 1, reason: 'start' }]
    let number = 0
    for (const { from, to, gap } of outages) {
      let at = from + 10 + 60
      let isLively = false
      while (at < to) {
        expected.push({ at, reason: 'poll' })
        const hasData = withData.has(++number)
        at += hasData ? 10 : isLively ? 20 : 60
        isLively = hasData
      }
      if (gap) expected.push({ at: to + 1, reason: 'gap' })
    }
    expect(runs).toEqual(expected)
    expect(polls).toBeGreaterThan(400)
    expect(vi.getTimerCount()).toBe(0)
    schedule.stop()
  })
})
