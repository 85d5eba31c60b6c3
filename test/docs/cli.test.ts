import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXIT } from '../../src/cli/exit-codes'
import { VERBS } from '../../src/cli/verbs'

const text = readFileSync('docs/cli.md', 'utf8')

it('docs/cli.md has every verb, with its flags', () => {
  for (const { name, args } of VERBS) {
    const row = text.split('\n').find(line => line.startsWith(`| \`${name}`))
    expect(row, name).toBeDefined()
    for (const [flag, { type }] of Object.entries(args)) {
      if (type !== 'positional' && !['portal', 'json'].includes(flag)) expect(row, name).toContain(`--${flag}`)
    }
  }
})

it('docs/cli.md has every exit code', () => {
  expect([...text.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(EXIT))
})

it('docs/cli.md has every code of doctor', () => {
  const source = readFileSync('src/cli/doctor/finding.ts', 'utf8')
  const codes = [...source.slice(0, source.indexOf('export interface')).matchAll(/'([A-Z0-9_]+)'/g)].map(([, code]) => code)
  expect([...text.slice(text.indexOf('## What is wrong')).matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, code]) => code).toSorted()).toEqual(codes.toSorted())
})
