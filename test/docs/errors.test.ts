import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { kindOf } from '../../src/runtime/texts/kinds'

it('docs/errors.md has a heading for each code, which its errors name as their place', () => {
  const headings = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^### (\w+)$/gm)].map(([, code]) => code)
  expect(headings.toSorted()).toEqual(Object.keys(kindOf).toSorted())
})
