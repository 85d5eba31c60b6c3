import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Nuxt } from '@nuxt/schema'
import { describe, expect, it } from 'vitest'
import { root } from '../../../scripts/lib/root.mjs'
import { satisfies } from '../../../scripts/lib/node.mjs'
import pullModule from '../../../src/module'
import type { Edge } from '../../consumers/matrix'
import { INNER_ENDS, REQUIRED, ROWS, VERSIONS } from '../../consumers/matrix'
import { readDocument, sectionOf, tableRows } from '../../support/markdown'

const { engines, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<'engines' | 'peerDependencies', Record<string, string>>
const supported: Record<string, string> = { ...engines, ...peerDependencies }

/** What one export alone needs: its own tests run with it. */
const OF_ONE_EXPORT = ['@playwright/test', 'pg-boss']

/** Every version that some row which blocks installs of a package, at this edge or at any. Without one of its own a row has this repository's Node. */
function tried(name: typeof REQUIRED[number], at?: Edge): string[] {
  const rows = ROWS.filter(({ edge, when }) => when !== 'weekly' && (!at || edge === at))
  return rows.flatMap(({ edge, lists, versions, more }) => versions[name] ?? more[name] ?? (lists.includes(name) ? VERSIONS[edge][name] : name === 'node' ? VERSIONS.latest.node : []))
}

/** The ends of a package's range, in order. */
const endsOf = (name: typeof REQUIRED[number]) =>
  [...new Set([VERSIONS.lowest[name], ...INNER_ENDS.flatMap(versions => versions[name] ?? []), VERSIONS.latest[name]])]

/** The rows of README's table, without code marks and escapes. */
function requirements(): string[][] {
  return tableRows(sectionOf(readDocument('README.md'), '## Requirements')).map(cells => cells.map(cell => cell.replaceAll(/`|\\(?=\|)/g, '')))
}

describe('what the package supports', () => {
  it('is what an app has to bring, and a Node', () => {
    expect(new Set(Object.keys(supported).filter(name => !OF_ONE_EXPORT.includes(name)))).toEqual(new Set(REQUIRED))
  })

  it.each(REQUIRED)('begins, for %s, with the lowest version that the consumers try', (name) => {
    expect(supported[name]!.split(' || ')[0]).toBe(`^${VERSIONS.lowest[name]}`)
    expect(tried(name, 'lowest')).toContain(VERSIONS.lowest[name])
  })

  it.each(REQUIRED)('takes in, for %s, the latest that the consumers try', (name) => {
    expect(satisfies(VERSIONS.latest[name], supported[name]!)).toBe(true)
  })

  it.each(REQUIRED)('is tried, for %s, at each end of its range that is published, by a row that blocks', (name) => {
    expect(tried(name)).toEqual(expect.arrayContaining(endsOf(name)))
  })

  it('is what the module asks of an app when Nuxt starts', async () => {
    const dependencies = await pullModule.getModuleDependencies?.({} as Nuxt)
    expect((await pullModule.getMeta?.())?.compatibility).toEqual({ nuxt: `>=${VERSIONS.lowest.nuxt}` })
    expect(dependencies).toEqual({ '@pinia/nuxt': { version: supported['@pinia/nuxt'] } })
  })

  it('is tried at both ends by Nuxt and by Vue alone', () => {
    expect(new Set(ROWS.map(({ kind, edge }) => `${kind} ${edge}`))).toEqual(new Set(['nuxt lowest', 'nuxt latest', 'vue lowest', 'vue latest']))
  })

  it('stands in the README as it is', () => {
    expect(requirements()).toEqual(REQUIRED.map(name => [name, supported[name], endsOf(name).join(', ')]))
  })
})
