import { describe, expect, it } from 'vitest'
import { isNear } from '../../../src/runtime/app/inspect/is-near'

describe('two names', () => {
  it.each([
    ['deal.saved', 'deal.save'],
    ['deal.saved', 'deal.svaed'],
    ['deal.saved', 'dea.saved.'],
    ['ping', 'pin'],
  ])('are near where up to two letters differ: %s, %s', (a, b) => {
    expect(isNear(a, b)).toBe(true)
    expect(isNear(b, a)).toBe(true)
  })

  it.each([
    ['deal.saved', 'deal.saved'],
    ['deal.saved', 'deal.removed'],
    ['ping', 'pong.'],
    ['a', 'bcd'],
    ['add', 'get'],
  ])('are not where they are the same, or more differs, or nearly all of a short one: %s, %s', (a, b) => {
    expect(isNear(a, b)).toBe(false)
  })
})
