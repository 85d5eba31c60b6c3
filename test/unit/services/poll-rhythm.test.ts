import { expect, it } from 'vitest'
import { createPollRhythm } from '../../../src/runtime/app/services/poll-rhythm'
import { defaultTiming } from '../../../src/runtime/app/services/refresh-schedule'

it('is the platform\'s: 10 s after something, 20 s after nothing for once, then a minute', () => {
  const rhythm = createPollRhythm(defaultTiming)
  expect([false, true, true, false, false, true].map(rhythm.after)).toEqual([60_000, 10_000, 10_000, 20_000, 60_000, 10_000])
})

it('begins anew where there was a connection in between', () => {
  const rhythm = createPollRhythm(defaultTiming)
  rhythm.after(true)
  rhythm.reset()
  expect(rhythm.after(false)).toBe(60_000)
})
