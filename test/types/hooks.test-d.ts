import { useNuxtApp } from '#imports'
import { describe, expectTypeOf, it } from 'vitest'
import type { Pull, PullError, PullGap, PullMessage, PullParams, PullStatusChange } from '../../src/runtime/types'

describe('runtime hooks', () => {
  it('say what they are called with', () => {
    const { hook } = useNuxtApp()
    hook('b24-pull:message', message => expectTypeOf(message).toEqualTypeOf<PullMessage>())
    hook('b24-pull:status', change => expectTypeOf(change).toEqualTypeOf<PullStatusChange>())
    hook('b24-pull:gap', gap => expectTypeOf(gap).toEqualTypeOf<PullGap>())
    hook('b24-pull:error', (error, message) => {
      expectTypeOf(error).toEqualTypeOf<PullError>()
      expectTypeOf(message).toEqualTypeOf<PullMessage | undefined>()
    })
    // @ts-expect-error there is no such hook
    hook('b24-pull:messages', () => {})
  })
})

describe('$b24Pull', () => {
  it('is the pull of the app', () => {
    expectTypeOf(useNuxtApp().$b24Pull).toEqualTypeOf<Pull>()
    useNuxtApp().$b24Pull.on('other', ['a', 'b'], params => expectTypeOf(params).toEqualTypeOf<PullParams>())
  })
})
