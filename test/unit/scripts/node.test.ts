import { expect, it } from 'vitest'
import { satisfies } from '../../../scripts/lib/node.mjs'

const range = '^22.19.0 || ^24.11.0 || >=26.0.0'

it.each(['v22.19.0', 'v24.11.0', '24.21.3', 'v26.0.0', 'v28.1.0'])('accepts Node %s', (version) => {
  expect(satisfies(version, range)).toBe(true)
})

it.each(['v20.20.2', 'v22.18.9', 'v23.11.0', 'v24.10.9', 'v25.9.0'])('turns Node %s away', (version) => {
  expect(satisfies(version, range)).toBe(false)
})

it('says which form of range it cannot read', () => {
  expect(() => satisfies('v24.0.0', '~24.1.0')).toThrow('Cannot read "~24.1.0"')
})
