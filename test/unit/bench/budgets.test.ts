import { expect, it } from 'vitest'
import { overBudget } from '../../../bench/lib/budgets.mjs'

const sizes = { entry: { withPinia: 100, withModule: 110, growth: 10 }, later: { connection: 20, SDK: 30 }, isSdkLater: true, isSharingLater: true, composables: { usePull: 5 } }
const budgets = { entry: 10, connection: 20, composables: { usePull: 5 } }

it('is kept to the byte', () => {
  expect(overBudget(sizes, budgets)).toEqual([])
})

it('is overrun by one byte', () => {
  expect(overBudget({ ...sizes, composables: { usePull: 6 } }, budgets)).toEqual(['usePull() adds 6 bytes; its budget in bench/budgets.json is 5.'])
})

it('is overrun by a composable that has none', () => {
  expect(overBudget({ ...sizes, composables: { useMore: 1 } }, budgets)).toHaveLength(1)
})

it('does not pass an entry that holds the SDK', () => {
  expect(overBudget({ ...sizes, isSdkLater: false }, budgets)).toEqual(['The SDK is in the entry.'])
})

it('does not pass an entry that holds what frames share a connection by', () => {
  expect(overBudget({ ...sizes, isSharingLater: false }, budgets)).toEqual(['What shares a connection between frames is in the entry.'])
})
