import { describe, expect, it } from 'vitest'
import { dependenciesOf } from '../../consumers/create-app'
import { ROWS, VERSIONS } from '../../consumers/matrix'

const latest = ROWS.filter(({ edge }) => edge === 'latest')
const lowest = ROWS.filter(({ edge }) => edge === 'lowest')

describe('what a consumer lists', () => {
  it.each(latest)('is, in $name, as the lockfile has it', (row) => {
    const listed = dependenciesOf(row, false)
    for (const name of row.lists) expect(listed[name], name).toBe(VERSIONS.latest[name])
    expect(Object.values(listed)).not.toContain('latest')
  })

  it.each(latest)('is, in $name, the newest of all but the type checkers where that is wanted', (row) => {
    const { typescript, 'vue-tsc': vueTsc, ...others } = dependenciesOf(row, true)
    expect([typescript, vueTsc]).toEqual([row.more.typescript, row.more['vue-tsc']])
    expect(Object.keys(others)).toEqual(expect.arrayContaining(row.lists))
    expect(new Set(Object.values(others))).toEqual(new Set(['latest']))
  })

  it.each(lowest)('is, in $name, the lowest supported either way', (row) => {
    expect(dependenciesOf(row, true)).toEqual(dependenciesOf(row, false))
    for (const name of row.lists) expect(dependenciesOf(row, true)[name], name).toBe(VERSIONS.lowest[name])
  })
})
