import { isReactive, isRef, markRaw, reactive, ref, toRefs } from 'vue'
import { describe, expect, it } from 'vitest'
import { exposing } from '../../../src/runtime/app/services/exposing'

const expose = exposing(['count', 'stop'])

class Counter {
  taken = undefined
  count = 'of the counter'
  readonly asked: string[] = []

  get data() {
    return 'of the counter'
  }

  expose(name: 'count' | 'stop') {
    this.asked.push(name)
    return name === 'count' ? ref(1) : () => 'stopped'
  }
}

function make() {
  const exposer = new Counter()
  return { asked: exposer.asked, exposer, exposed: expose(exposer) as { count: { value: number }, stop: () => string } }
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

  it('are all that is seen of whoever stands behind them, and all that can be changed', () => {
    const { exposer, exposed } = make()
    const loose = exposed as Record<string, unknown>
    expect([loose.taken, loose.expose, 'expose' in loose, Object.getPrototypeOf(exposed) === Object.prototype]).toEqual([undefined, undefined, false, true])
    loose.count = 2
    loose.expose = 3
    loose.data = 5
    Object.defineProperty(loose, 'taken', { value: 4, configurable: true, enumerable: true })
    expect({ ...loose }).toEqual({ count: 2, stop: expect.any(Function), expose: 3, data: 5, taken: 4 })
    expect(delete loose.expose && 'expose' in loose).toBe(false)
    expect([exposer.count, exposer.data, typeof exposer.expose]).toEqual(['of the counter', 'of the counter', 'function'])
    expect(() => Object.freeze(exposed)).toThrow(TypeError)
    expect([Object.isExtensible(exposer), exposed.stop()]).toEqual([true, 'stopped'])
  })
})
