import { computed, isRef, isShallow, nextTick, reactive, ref, toRaw, triggerRef, unref, watch, watchEffect } from 'vue'
import { describe, expect, it } from 'vitest'
import { LazyRef } from '../../../src/runtime/app/services/lazy-ref'

function make() {
  const state = { count: 1, message: undefined as object | undefined, isWatched: false }
  return { state, count: new LazyRef(state, 'count'), message: new LazyRef(state, 'message') }
}

describe('a ref that begins to track when it is used', () => {
  it('is a ref for all that Vue does with one', () => {
    const { count, message } = make()
    expect([isRef(count), unref(count as never), isShallow(count), isShallow(message), isShallow(ref(0))]).toEqual([true, 1, false, true, false])
    const store = reactive({ count })
    expect(store.count).toBe(1)
    store.count = 5 as never
    expect([count.value, toRaw(store).count]).toEqual([5, count])
    expect(() => triggerRef(count as never)).not.toThrow()
  })

  it('shows what its object has when it is first read, and follows from then on', async () => {
    const { state, count } = make()
    state.count = 2
    count.follow()
    expect(state.isWatched).toBe(false)
    const double = computed(() => count.value * 2)
    const seen: number[] = []
    watchEffect(() => void seen.push(count.value))
    watch(count as never, (value: number) => void seen.push(-value), { flush: 'sync' })
    state.count = 3
    count.follow()
    await nextTick()
    expect([state.isWatched, double.value, seen]).toEqual([true, 6, [2, -3, 3]])
  })

  it('hands back to its object what is written to it', () => {
    const { state, count } = make()
    count.value = 7
    expect([state.count, count.value]).toEqual([7, 7])
  })
})
