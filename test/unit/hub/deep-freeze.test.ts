import { describe, expect, it } from 'vitest'
import { deepFreeze } from '../../../src/runtime/app/hub/deep-freeze'

describe('deepFreeze', () => {
  it('freezes objects and lists to the bottom', () => {
    const value = { list: [{ deep: { name: 'a' } }] }
    expect(deepFreeze(value)).toBe(value)
    expect(() => value.list.push({ deep: { name: 'b' } })).toThrow(TypeError)
    expect(() => value.list[0]!.deep.name = 'b').toThrow(TypeError)
  })

  it.each([null, undefined, 0, 'text', true])('returns %s as it is', (value) => {
    expect(deepFreeze(value)).toBe(value)
  })

  it('leaves bytes as they are, which cannot be frozen, and freezes what is around them', () => {
    const value = { bytes: new Uint8Array([1]), list: [1] }
    deepFreeze(value)
    expect([Object.isFrozen(value), Object.isFrozen(value.list)]).toEqual([true, true])
  })

  it('comes to an end on a cycle', () => {
    const value: Record<string, unknown> = {}
    value.self = value
    expect(Object.isFrozen(deepFreeze(value))).toBe(true)
  })

  it('goes 100,000 levels deep without exhausting the stack', () => {
    let value: Record<string, unknown> = { name: 'bottom' }
    const bottom = value
    for (let i = 0; i < 100_000; i++) value = { value }
    deepFreeze(value)
    expect(Object.isFrozen(bottom)).toBe(true)
  })

  it('leaves Object.prototype alone where a key is __proto__', () => {
    deepFreeze(JSON.parse('{ "__proto__": { "polluted": {} }, "constructor": { "prototype": {} } }'))
    expect(Object.isFrozen(Object.prototype)).toBe(false)
  })
})
