import type { Unsubscribe } from '../types'

/** A list of listeners: the smallest event source. Listeners may come and go while it tells them. */
export interface Emitter<T> {
  on: (listener: (value: T) => void) => Unsubscribe
  emit: (value: T) => void
}

export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<{ call: (value: T) => void }>()
  /** Made once per change: whoever goes through it keeps what it began with. */
  let list: readonly { call: (value: T) => void }[] | null = null
  return {
    on(call) {
      const entry = { call }
      listeners.add(entry)
      list = null
      return () => {
        listeners.delete(entry)
        list = null
      }
    },
    emit(value) {
      for (const { call } of list ??= [...listeners]) call(value)
    },
  }
}
