// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchSilence } from '../../../../src/runtime/app/client/shared/silence'
import type { SilenceWatch } from '../../../../src/runtime/app/client/shared/silence'

let watch: SilenceWatch
const ask = vi.fn()
const onDead = vi.fn()
let visibility: DocumentVisibilityState

beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  watch = watchSilence({ ask, onDead, now: Date.now, random: () => 1 })
})

afterEach(() => {
  watch.stop()
  vi.useRealTimers()
  vi.resetAllMocks()
  vi.restoreAllMocks()
})

function show(next: DocumentVisibilityState): void {
  visibility = next
  document.dispatchEvent(new Event('visibilitychange'))
}

it('asks twice after 15 s of silence, 3 s each, and takes the leader for dead within another second', () => {
  vi.advanceTimersByTime(14_999)
  expect(ask).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(ask).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(3_000)
  expect(ask).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(3_000)
  expect(onDead).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(onDead).toHaveBeenCalledTimes(1)
})

it('waits anew with each word of the leader', () => {
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(14_000)
    watch.heard()
  }
  expect(ask).not.toHaveBeenCalled()
})

it('lets a leader live that answers', () => {
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(16_000)
    watch.answered(0)
  }
  expect(ask).toHaveBeenCalledTimes(10)
  expect(onDead).not.toHaveBeenCalled()
})

it('takes a leader for dead that answers but has not heard its push server for 45 s', () => {
  watch.answered(45_000)
  vi.advanceTimersByTime(1_000)
  expect(onDead).not.toHaveBeenCalled()
  watch.answered(45_001)
  vi.advanceTimersByTime(1_000)
  expect(onDead).toHaveBeenCalledTimes(1)
})

it('spares a leader that speaks before it is taken for dead', () => {
  vi.advanceTimersByTime(21_500)
  watch.heard()
  vi.advanceTimersByTime(10_000)
  expect(onDead).not.toHaveBeenCalled()
})

it('takes no other one for dead within 30 s', () => {
  vi.advanceTimersByTime(22_000)
  expect(onDead).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(30_000)
  expect(onDead).toHaveBeenCalledTimes(1)
})

it('watches nothing while the page is hidden, and asks at once when it is visible again', () => {
  show('hidden')
  vi.advanceTimersByTime(120_000)
  expect(ask).not.toHaveBeenCalled()
  show('visible')
  expect(ask).toHaveBeenCalledTimes(1)
})

it('does not ask twice because the page is shown twice', () => {
  vi.advanceTimersByTime(15_000)
  show('visible')
  show('visible')
  expect(ask).toHaveBeenCalledTimes(1)
})

it('leaves no timer and no listener behind', () => {
  watch.stop()
  expect(vi.getTimerCount()).toBe(0)
  show('visible')
  vi.advanceTimersByTime(60_000)
  expect(ask).not.toHaveBeenCalled()
})
