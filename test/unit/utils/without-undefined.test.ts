import { expect, it } from 'vitest'
import { withoutUndefined } from '../../../src/runtime/utils/without-undefined'

it('withoutUndefined() leaves out what is undefined, and nothing else', () => {
  expect(Object.entries(withoutUndefined({ a: undefined, b: null, c: false, d: 0, e: '' }))).toEqual([['b', null], ['c', false], ['d', 0], ['e', '']])
})
