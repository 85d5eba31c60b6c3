// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'

describe('what is no function', () => {
  it.each([undefined, null, 5, 'fetch', {}])('is refused with a code in place of one: %j', (given) => {
    expect(() => usePullRefresh(given as never)).toThrow(expect.objectContaining({ name: 'PullError', code: 'ARGUMENT_ERROR' }))
    expect(() => usePullOnline(given as never)).toThrow(expect.objectContaining({ name: 'PullError', code: 'ARGUMENT_ERROR' }))
  })
})
