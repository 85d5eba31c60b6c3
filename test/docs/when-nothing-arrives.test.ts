import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { codeWords, linkTargets, readDocument, sectionOf, tableRows } from '../support/markdown'

const rows = tableRows(readDocument('docs/when-nothing-arrives.md'))
const codesOf = (cell = '') => codeWords(cell).filter(word => /^[A-Z]+(?:_[A-Z]+)+$/.test(word))

const reasons = rows.filter(([, status]) => /^`(?:failed|connecting|reconnecting)`/.test(status ?? ''))
const others = rows.filter(row => row.length === 2 && codesOf(row[0]).length > 0)

/** Problems of frame and client that end in the `error` of a call, or in the console, and never in `reason`. */
const NEVER_A_REASON = ['NOT_READY', 'PRESENCE_UNAVAILABLE', 'SDK_CHANGED', 'SECOND_CLIENT']

/** The codes that `pattern` names in sources. */
function codesIn(files: string[], pattern: RegExp): Set<string> {
  const sources = files.map(file => readFileSync(join(root, file), 'utf8'))
  return new Set(sources.flatMap(source => [...source.matchAll(pattern)].map(match => match[1]!)))
}

describe('the tables of "When nothing arrives"', () => {
  it('have every code that ends up in `reason`, and no other', () => {
    const made = codesIn(globSync('src/runtime/{app/frame/**/*,app/client/**/*,rest/rest-problem}.ts', { cwd: root }), /^ +code: '([A-Z]+(?:_[A-Z]+)+)',$/gm)
    for (const code of NEVER_A_REASON) expect(made.delete(code), code).toBe(true)
    expect(reasons.map(([code]) => codesOf(code)[0]).sort()).toEqual([...made].sort())
  })

  it('have, between them, every code once', () => {
    const all = codesIn(['src/runtime/utils/errors.ts'], /^ +(?:= )?\| '([A-Z_]+)'$/gm)
    const described = [...reasons, ...others].flatMap(([code]) => codesOf(code))
    expect(described.sort()).toEqual([...all].sort())
  })

  it('say of every reason what to do', () => {
    for (const [code, , advice = ''] of reasons) expect(advice.length, code).toBeGreaterThan(40)
  })

  it('lead to pages that have the other codes', () => {
    for (const [codes, where = ''] of others) {
      const [target] = linkTargets(where)
      if (!target) continue
      const errors = sectionOf(readDocument(join('docs', target.split('#')[0]!)), '## Errors')
      for (const code of codesOf(codes)) expect(errors, target).toContain(`\`${code}\``)
    }
  })
})
