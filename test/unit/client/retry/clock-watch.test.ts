import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchClock } from '../../../../src/runtime/app/client/retry/clock-watch'

const hour = 3_600_000

describe('watchClock', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('sees no jump while its beat goes on', () => {
    const clock = watchClock(() => {})
    vi.advanceTimersByTime(hour)
    expect(clock.jump).toBe(0)
  })

  it('sees at once that the clock has run on without the page', () => {
    const clock = watchClock(() => {})
    vi.setSystemTime(Date.now() + hour)
    expect(clock.jump).toBeCloseTo(hour, -5)
  })

  it('remembers a jump when the beat has gone on', () => {
    const clock = watchClock(() => {})
    vi.setSystemTime(Date.now() + hour)
    vi.advanceTimersByTime(60_000)
    expect(clock.jump).toBeGreaterThan(hour - 60_000)
  })

  it('sees no jump when the clock is set back', () => {
    const clock = watchClock(() => {})
    vi.setSystemTime(Date.now() - hour)
    expect(clock.jump).toBe(0)
  })

  it('tells when the beat goes on after a sleep, and of no beat that a hidden page makes late', () => {
    const slept = vi.fn()
    watchClock(slept)
    vi.setSystemTime(Date.now() + 45_000)
    vi.advanceTimersByTime(60_000)
    expect(slept).not.toHaveBeenCalled()
    vi.setSystemTime(Date.now() + hour)
    vi.advanceTimersByTime(60_000)
    expect(slept).toHaveBeenCalledTimes(1)
  })

  it('leaves no timer behind', () => {
    watchClock(() => {}).stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
