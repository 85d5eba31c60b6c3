// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrameScheduler } from '../../../src/runtime/utils/frame-scheduler'

const FRAME = 16
const FRAMELESS = 250

describe('where there are frames', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('collects many requests into one run, in a task of its own', () => {
    const task = vi.fn()
    const scheduler = createFrameScheduler(task)
    for (let i = 0; i < 100; i++) scheduler.request()
    expect(task).not.toHaveBeenCalled()
    vi.advanceTimersByTime(0)
    expect(task).toHaveBeenCalledOnce()
  })

  it('runs but once between two frames, and never as part of one', () => {
    const task = vi.fn()
    const scheduler = createFrameScheduler(task)
    scheduler.request()
    vi.advanceTimersByTime(0)
    for (let i = 0; i < 10; i++) scheduler.request()
    let runsWithinFrame: number | undefined
    // Called after the scheduler's own part of the frame.
    requestAnimationFrame(() => runsWithinFrame = task.mock.calls.length)
    vi.advanceTimersByTime(FRAME + 1)
    expect([runsWithinFrame, task.mock.calls.length]).toEqual([1, 2])
  })

  it('leaves no timer behind after a run', () => {
    const scheduler = createFrameScheduler(() => {})
    scheduler.request()
    vi.advanceTimersByTime(FRAME + 1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('runs again for a later request, also one made by the task', () => {
    const task = vi.fn(() => task.mock.calls.length < 2 && scheduler.request())
    const scheduler = createFrameScheduler(task)
    scheduler.request()
    vi.advanceTimersByTime(2 * FRAME)
    expect(task).toHaveBeenCalledTimes(2)
  })

  it('runs nothing and leaves nothing behind once it is cancelled', () => {
    const task = vi.fn()
    const scheduler = createFrameScheduler(task)
    scheduler.request()
    scheduler.cancel()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(1000)
    expect(task).not.toHaveBeenCalled()
  })
})

describe('where frames have stopped', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it.each([
    ['frames never come', () => 1],
    ['there are no frames', undefined],
  ])('runs by a timer when %s', (_, requestFrame) => {
    vi.stubGlobal('requestAnimationFrame', requestFrame)
    vi.stubGlobal('cancelAnimationFrame', () => {})
    const task = vi.fn()
    const scheduler = createFrameScheduler(task)
    scheduler.request()
    vi.advanceTimersByTime(0)
    expect(task).toHaveBeenCalledOnce()
    scheduler.request()
    scheduler.request()
    vi.advanceTimersByTime(FRAMELESS - 1)
    expect(task).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(2)
    expect(task).toHaveBeenCalledTimes(2)
  })
})
