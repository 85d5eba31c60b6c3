import { describe, expect, it } from 'vitest'
import { byInstallation, dependenciesOf } from '../../consumers/create-app'
import { ROWS, VERSIONS } from '../../consumers/matrix'

/** Those that say a version of their own have it either way. */
const latest = ROWS.filter(({ edge, versions, isCreated }) => edge === 'latest' && Object.keys(versions).length === 0 && !isCreated)
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
    for (const name of row.lists) expect(dependenciesOf(row, true)[name], name).toBe(row.versions[name] ?? VERSIONS.lowest[name])
  })
})

describe('an installation', () => {
  it('is shared by rows with the same dependencies, and by no others', () => {
    const groups = byInstallation(ROWS, false).map(group => group.map(({ name }) => name))
    expect(groups.find(group => group.includes('nuxt-spa'))).toEqual(expect.arrayContaining(['nuxt-layer', 'nuxt-own-pinia', 'nuxt-base-url']))
    expect(groups.find(group => group.includes('nuxt-pinia-3'))).toEqual(['nuxt-pinia-3'])
    expect(groups.flat().sort()).toEqual(ROWS.map(({ name }) => name).sort())
  })
})
