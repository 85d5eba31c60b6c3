import { expect, it } from 'vitest'
import { chooseRows } from '../../consumers/choose-rows'
import { ROWS } from '../../consumers/matrix'

const names = (rows: { name: string }[]) => rows.map(row => row.name)

it('tries every row that blocks when none is named', () => {
  expect(chooseRows([])).toEqual(ROWS.filter(({ when }) => when !== 'weekly'))
})

it('tries the one that is farthest from this repository with every change, and all of them once a week', () => {
  expect(names(chooseRows([], 'usual'))).toEqual(['nuxt-lowest'])
  expect(chooseRows([], 'weekly')).toEqual(ROWS)
})

it('tries the named rows in their own order', () => {
  expect(names(chooseRows(['vue-pnpm', 'nuxt-lowest']))).toEqual(['nuxt-lowest', 'vue-pnpm'])
})

it('names the rows there are when one is misspelt', () => {
  expect(() => chooseRows(['nuxt-oldest'])).toThrow(/no consumer "nuxt-oldest"[\s\S]*nuxt-lowest, vue-latest/)
})
