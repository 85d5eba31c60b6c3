import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createEmitter, createTelling } from '../../../src/runtime/utils/emitter'
import { hold } from '../../../src/runtime/utils/hold'

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

describe('what happens while something is being told', () => {
  it('is told afterwards, to all in the same order', () => {
    const emitter = createEmitter<string>()
    const heard: string[][] = [[], []]
    emitter.on((value) => {
      heard[0]!.push(value)
      if (value === 'connected') emitter.emit('closed')
    })
    emitter.on(value => heard[1]!.push(value))
    emitter.emit('connected')
    expect(heard).toEqual([['connected', 'closed'], ['connected', 'closed']])
  })

  it('keeps its order among emitters that share one telling', () => {
    const telling = createTelling()
    const [statuses, gaps] = [createEmitter<string>(telling), createEmitter<string>(telling)]
    const heard: string[] = []
    statuses.on(value => value === 'connected' && statuses.emit('closed'))
    statuses.on(value => heard.push(value))
    gaps.on(value => heard.push(value))
    hold(telling, () => {
      statuses.emit('connected')
      gaps.emit('gap')
    })
    expect(heard).toEqual(['connected', 'gap', 'closed'])
  })

  it('does not reach a listener that has been ended meanwhile', () => {
    const emitter = createEmitter<number>()
    const ended = vi.fn()
    emitter.on(() => off())
    const off = emitter.on(ended)
    emitter.emit(1)
    expect(ended).not.toHaveBeenCalled()
  })

  it('does not reach a listener that came after it', () => {
    const emitter = createEmitter<number>()
    const late = vi.fn()
    emitter.on((value) => {
      if (value !== 1) return
      emitter.emit(2)
      emitter.on(late)
    })
    emitter.emit(1)
    expect(late).not.toHaveBeenCalled()
  })

  it('reaches the others where a listener throws, and what it throws reaches the caller', () => {
    const emitter = createEmitter<number>()
    const heard: number[] = []
    emitter.on((value) => {
      if (value === 1) emitter.emit(2)
      throw new Error(`at ${value}`)
    })
    emitter.on(value => heard.push(value))
    expect(() => emitter.emit(1)).toThrow('at 1')
    expect(heard).toEqual([1, 2])
    expect(() => emitter.emit(3)).toThrow('at 3')
    expect(heard).toEqual([1, 2, 3])
  })

  it('is heard by every listener in the same order, whatever listeners emit, on however many emitters', () => {
    // What listener `by` emits on which emitter when it hears its `nth` value.
    const reaction = fc.record({ by: fc.nat(5), nth: fc.nat(5), on: fc.nat(2) })
    fc.assert(fc.property(fc.array(reaction, { maxLength: 12 }), fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }), (reactions, begun) => {
      const telling = createTelling()
      const emitters = Array.from({ length: 3 }, () => createEmitter<number>(telling))
      const emitted: [number, number][] = []
      const emit = (on: number) => {
        emitted.push([on, emitted.length])
        emitters[on]!.emit(emitted.length - 1)
      }
      // Each hears all emitters.
      const heard = Array.from({ length: 6 }, (): [number, number][] => [])
      for (let by = 0; by < heard.length; by++) {
        emitters.forEach((emitter, from) => emitter.on((value) => {
          const nth = heard[by]!.push([from, value]) - 1
          for (const reaction of reactions) if (reaction.by === by && reaction.nth === nth) emit(reaction.on)
        }))
      }
      begun.forEach(emit)
      for (const one of heard) expect(one).toEqual(emitted)
    }))
  })
})
