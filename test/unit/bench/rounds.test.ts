import { expect, it } from 'vitest'
import { median, medians, pairedRatio, quantile, turns } from '../../../bench/lib/rounds.mjs'

it('takes the middle of the rounds, between two of them where their number is even', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 3])).toBe(4)
})

it('takes the value that a share of the rounds does not exceed', () => {
  expect(quantile([50, 10, 20, 40, 30], 0.25)).toBe(20)
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75)
  expect(quantile([3, 1, 2], 1)).toBe(3)
})

it('takes the median of each figure of a run', () => {
  expect(medians([{ busy: 1, took: 30 }, { busy: 3, took: 10 }, { busy: 2, took: 20 }])).toEqual({ busy: 2, took: 20 })
})

it('takes it of figures within figures', () => {
  const run = (one: number, twenty: number) => ({ ratio: { 1: one, 20: twenty } })
  expect(medians([run(1.1, 1), run(0.9, 3), run(1, 2)])).toEqual(run(1, 2))
})

it('compares within a round: a slow round slows both', () => {
  expect(pairedRatio([2, 20, 6], [1, 10, 2])).toBe(2)
})

it('does not pair rounds that the other did not run', () => {
  expect(() => pairedRatio([1, 2], [1])).toThrow('2 rounds are no pairs with 1')
})

const orders = (list: string[], rounds: number) => Array.from({ length: rounds }, (_, round) => turns(list, round).join(''))

it('gives everyone a turn in each round', () => {
  expect(orders(['a', 'b', 'c'], 6)).toEqual(['abc', 'cba', 'bca', 'acb', 'cab', 'bac'])
})

it('lets each of two come first as often as the other', () => {
  expect(orders(['a', 'b'], 4)).toEqual(['ab', 'ba', 'ba', 'ab'])
})
