import type { Unsubscribe } from '../types'

/** A list of listeners: the smallest event source. Iterates over a copy, so listeners may come and go meanwhile. */
export interface Emitter<T> {
  on: (listener: (value: T) => void) => Unsubscribe
  emit: (value: T) => void
}

export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<{ call: (value: T) => void }>()
  return {
    on(call) {
      const entry = { call }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    emit(value) {
      for (const { call } of [...listeners]) call(value)
    },
  }
}
