import { describe, expect, it } from 'vitest'
import { retryDelay } from '../../../../src/runtime/app/client/retry/ladder'

describe('retryDelay', () => {
  it.each([
    [1, 100], [2, 15_000], [3, 45_000], [4, 45_000], [5, 45_000], [6, 600_000], [10, 600_000], [11, 3_600_000], [1000, 3_600_000],
  ])('waits at retry %i for %i ms, and up to a fifth longer', (retry, delay) => {
    expect(retryDelay(retry, 0)).toBe(delay)
    expect(retryDelay(retry, 1)).toBeCloseTo(delay * 1.2)
    expect(retryDelay(retry, 0.5)).toBeCloseTo(delay * 1.1)
  })
})
