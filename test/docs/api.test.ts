import { beforeAll, describe, expect, it } from 'vitest'
import { readApi } from '../../scripts/lib/api.mjs'
import { renderApiPage } from '../../scripts/lib/api-page.mjs'
import { headings, readDocument } from '../support/markdown'

const page = readDocument('docs/api.md')
const entries = new Set(headings(page).filter(({ level }) => level === 3).map(({ text }) => text))

let api: ReturnType<typeof readApi>

beforeAll(() => {
  api = readApi()
})

const names = (list: { name: string }[]) => list.map(({ name }) => name)

/** Names that Nuxt imports from `src/` by itself, as `nuxt prepare` has written them down. */
function autoImported(file: string): string[] {
  return [...readDocument(file).matchAll(/^export \{ (.+?) \} from '.*\/src\/runtime\/.+$/gm)].flatMap(match => match[1]!.split(', '))
}

describe('the page of the API', () => {
  it('is what `node scripts/api.mjs` writes', () => {
    expect(page === renderApiPage(api), 'docs/api.md is not up to date: run `node scripts/api.mjs`').toBe(true)
  })

  it('has an entry for every value that can be imported', async () => {
    const modules = await Promise.all([import('../../src/vue'), import('../../src/server'), import('../../src/server/pg-boss'), import('../../src/testing'), import('../../src/record'), import('../../src/portal')])
    const values = modules.flatMap(module => Object.keys(module))
    expect(values.length).toBeGreaterThan(15)
    expect(values.filter(name => !entries.has(name))).toEqual([])
  })

  it.each(['.nuxt/imports.d.ts', '.nuxt/types/nitro-imports.d.ts'])('has an entry for everything that Nuxt imports by itself: %s', (file) => {
    expect(autoImported(file).length).toBeGreaterThan(1)
    expect(autoImported(file).filter(name => !entries.has(name))).toEqual([])
  })

  it('has a sentence on every export, option and hook', () => {
    expect(names([...api.exports, ...api.options, ...api.hooks].filter(({ sentence }) => !/[.:]$/m.test(sentence)))).toEqual([])
  })

  it('has an example for every function and class', () => {
    expect(names(api.exports.filter(({ kind, examples }) => kind !== 'type' && examples.length === 0))).toEqual([])
  })

  it('says of every parameter what it is', () => {
    const silent = api.exports.filter(({ kind, signature, params }) => kind === 'function' && /\(\s*\w+\??:/.test(signature) && params.length === 0)
    expect(names(silent)).toEqual([])
  })
})
