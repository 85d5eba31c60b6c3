import { describe, expect, it, vi } from 'vitest'
import { createEmitter } from '../../../src/runtime/utils/emitter'

describe('createEmitter', () => {
  it('calls listeners in the order in which they came', () => {
    const emitter = createEmitter<number>()
    const heard: string[] = []
    emitter.on(value => heard.push(`a${value}`))
    emitter.on(value => heard.push(`b${value}`))
    emitter.emit(1)
    expect(heard).toEqual(['a1', 'b1'])
  })

  it('counts the same function twice and ends one at a time', () => {
    const emitter = createEmitter<number>()
    const listener = vi.fn()
    const off = emitter.on(listener)
    emitter.on(listener)
    off()
    off()
    emitter.emit(1)
    expect(listener).toHaveBeenCalledOnce()
  })

  it('lets listeners come and go during a call', () => {
    const emitter = createEmitter<number>()
    const late = vi.fn()
    const off = emitter.on(() => {
      off()
      emitter.on(late)
    })
    emitter.emit(1)
    expect(late).not.toHaveBeenCalled()
    emitter.emit(2)
    expect(late).toHaveBeenCalledExactlyOnceWith(2)
  })
})
