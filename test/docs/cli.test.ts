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
