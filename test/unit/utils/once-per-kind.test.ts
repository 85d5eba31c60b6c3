import { expect, it, vi } from 'vitest'
import { createOncePerKind } from '../../../src/runtime/utils/once-per-kind'

it('tells the first of each kind and no other', () => {
  const tell = vi.fn()
  const once = createOncePerKind(tell)
  once('malformed', 'first', 1)
  once('malformed', 'second', 2)
  once('unreadable', 'third')
  expect(tell.mock.calls).toEqual([['first', 1], ['third']])
})
