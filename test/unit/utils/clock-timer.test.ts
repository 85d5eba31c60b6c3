import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClockTimer } from '../../../src/runtime/utils/clock-timer'

const minute = 60_000

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

describe('a timer that goes by the clock', () => {
  it('is due to the millisecond, once', () => {
    const due = vi.fn()
    createClockTimer(due).set(minute)
    vi.advanceTimersByTime(minute - 1)
    expect(due).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(due).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(10 * minute)
    expect(due).toHaveBeenCalledOnce()
  })

  it('is due within a beat of 15 s when the machine has slept', () => {
    const due = vi.fn()
    createClockTimer(due).set(60 * minute)
    vi.advanceTimersByTime(minute)
    vi.setSystemTime(Date.now() + 60 * minute)
    vi.advanceTimersByTime(15_000)
    expect(due).toHaveBeenCalledOnce()
  })

  it('is due at once when it is asked to look at the clock after a sleep', () => {
    const due = vi.fn()
    const timer = createClockTimer(due)
    timer.set(minute)
    vi.setSystemTime(Date.now() + minute)
    timer.check()
    expect(due).toHaveBeenCalledOnce()
  })

  it('waits no longer than it was told when the clock is put back', () => {
    const due = vi.fn()
    createClockTimer(due).set(minute)
    vi.advanceTimersByTime(15_000)
    vi.setSystemTime(Date.now() - 60 * minute)
    vi.advanceTimersByTime(minute)
    expect(due).toHaveBeenCalledOnce()
  })

  it('begins anew when it is set again, and may be set by what is due', () => {
    const times: number[] = []
    const start = Date.now()
    const timer = createClockTimer(() => {
      times.push(Date.now() - start)
      if (times.length < 3) timer.set(minute)
    })
    timer.set(minute)
    vi.advanceTimersByTime(20_000)
    timer.set(minute)
    vi.advanceTimersByTime(60 * minute)
    expect(times).toEqual([80_000, 140_000, 200_000])
  })

  it('leaves nothing behind when it is cleared', () => {
    const due = vi.fn()
    const timer = createClockTimer(due)
    timer.set(minute)
    expect(timer.isSet).toBe(true)
    timer.clear()
    timer.check()
    expect(timer.isSet).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(10 * minute)
    expect(due).not.toHaveBeenCalled()
  })
})
