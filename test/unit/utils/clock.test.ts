import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from '../../../src/runtime/utils/clock'

const HOUR = 3_600_000

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

describe('the clock', () => {
  it('goes on as the page does', () => {
    const clock = createClock()
    const before = clock.now()
    vi.advanceTimersByTime(1234)
    expect(clock.now() - before).toBe(1234)
  })

  it.each([-2 * HOUR, -24 * HOUR])('does not notice that the machine\'s time was changed by %i ms', (change) => {
    const clock = createClock()
    const before = clock.now()
    vi.setSystemTime(Date.now() + change)
    expect(clock.now() - before).toBe(0)
    vi.advanceTimersByTime(10)
    expect(clock.now() - before).toBe(10)
  })

  it('counts sleep, where the page\'s own count stood still', () => {
    const clock = createClock()
    const before = clock.now()
    vi.setSystemTime(Date.now() + HOUR)
    expect(clock.now() - before).toBe(HOUR)
    vi.advanceTimersByTime(10)
    expect(clock.now() - before).toBe(HOUR + 10)
  })

  it('counts sleep once, where the page\'s own count has gone on meanwhile', () => {
    const clock = createClock()
    const before = clock.now()
    vi.advanceTimersByTime(HOUR)
    expect(clock.now() - before).toBe(HOUR)
  })

  it('counts the sleep that comes after the time was put back', () => {
    const clock = createClock()
    const before = clock.now()
    vi.setSystemTime(Date.now() - 24 * HOUR)
    clock.now()
    vi.setSystemTime(Date.now() + HOUR)
    expect(clock.now() - before).toBe(HOUR)
  })

  it('is not carried away by rounding, however often it is asked', () => {
    const clock = createClock()
    const before = clock.now()
    for (let i = 0; i < 1000; i++) {
      const time = Date.now()
      vi.setSystemTime(time + (i % 2))
      clock.now()
      vi.setSystemTime(time)
    }
    expect(clock.now() - before).toBe(0)
  })

  it('tells a moment in ms since epoch, by the machine\'s time as it is now', () => {
    const clock = createClock()
    const moment = clock.now() + 5000
    expect(clock.toEpoch(moment)).toBe(1_005_000)
    vi.setSystemTime(500_000)
    expect(clock.toEpoch(moment)).toBe(505_000)
  })
})
