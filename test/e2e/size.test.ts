import { expect, inject, it } from 'vitest'
import budgets from '../../bench/budgets.json'
import { overBudget } from '../../bench/lib/budgets.mjs'
import { measureSizes } from '../../bench/lib/size.mjs'

it('keeps the module within its budgets', async () => {
  const { packageDir, dir } = inject('packed')
  expect(overBudget(await measureSizes({ dir, packageDir }), budgets)).toEqual([])
}, 600_000)
