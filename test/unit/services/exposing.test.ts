import { isReactive, isRef, markRaw, reactive, ref, toRefs } from 'vue'
import { describe, expect, it } from 'vitest'
import { exposing } from '../../../src/runtime/app/services/exposing'

const expose = exposing(['count', 'stop'])

function make() {
  const asked: string[] = []
  const exposed = expose({ expose(name) {
    asked.push(name)
    return name === 'count' ? ref(1) : () => 'stopped'
  } }) as { count: { value: number }, stop: () => string }
  return { asked, exposed }
}

describe('properties that are made when they are taken', () => {
  it('are made one by one, once, and by nothing but taking them', () => {
    const { asked, exposed } = make()
    expect(String(exposed)).toBe('[object Object]')
    expect([(exposed as { then?: unknown }).then, asked]).toEqual([undefined, []])
    const { count } = exposed
    expect([asked, exposed.count === count, isRef(count)]).toEqual([['count'], true, true])
    expect([exposed.stop(), asked]).toEqual(['stopped', ['count', 'stop']])
  })

  it.each<[string, (exposed: object) => unknown]>([
    ['spread', exposed => ({ ...exposed })],
    ['assigned, as Pinia does', exposed => Object.assign({}, exposed)],
    ['gone through by for-in', (exposed) => {
      const all: Record<string, unknown> = {}
      for (const key in exposed) all[key] = exposed[key as keyof typeof exposed]
      return all
    }],
    ['asked for their entries', exposed => Object.fromEntries(Object.entries(exposed))],
  ])('are all there when %s', (_, take) => {
    const { exposed } = make()
    expect(take(exposed)).toEqual({ count: expect.objectContaining({ value: 1 }), stop: expect.any(Function) })
  })

  it('are known by their names before they are made', () => {
    const { exposed } = make()
    expect(['count' in exposed, Object.hasOwn(exposed, 'stop'), 'other' in exposed, Object.keys(exposed)]).toEqual([true, true, false, ['count', 'stop']])
  })

  it('are refs like any other for Vue', () => {
    const { exposed } = make()
    const state = reactive(exposed) as unknown as { count: number }
    state.count = 5
    expect([isReactive(state), state.count, exposed.count.value, isRef(toRefs(state).count)]).toEqual([true, 5, 5, true])
    expect(isReactive(reactive(markRaw(make().exposed)))).toBe(false)
  })
})
