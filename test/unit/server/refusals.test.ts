import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRefusals } from '../../../src/runtime/server/sender/refusals'
import type { Refusals } from '../../../src/runtime/server/sender/refusals'

let now = 0
let refusals: Refusals

beforeEach(() => {
  now = 1_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  refusals = createRefusals()
})

afterEach(() => void vi.restoreAllMocks())

/** Refused at these seconds. */
const refuse = (...seconds: number[]) => seconds.map((second) => {
  now = 1_000 + second * 1_000
  return refusals.add('one')
})

describe('refused tokens', () => {
  it('count once they were refused for five seconds, by which a sender has tried four times', () => {
    expect(refuse(0, 1, 3, 7)).toEqual([false, false, false, true])
  })

  it('begin anew once the portal took some', () => {
    refuse(0, 1, 3)
    refusals.clear('one')
    expect(refuse(7)).toEqual([false])
  })

  it('begin anew where the last time was so long ago that another process may have been heard since', () => {
    expect(refuse(0, 3_600)).toEqual([false, false])
  })

  it('are of one portal', () => {
    refuse(0)
    now += 10_000
    expect(refusals.add('two')).toBe(false)
  })
})
