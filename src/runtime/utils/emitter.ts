import type { Unsubscribe } from '../types'

/** A list of listeners: the smallest event source. Listeners may come and go while it tells them. */
export interface Emitter<T> {
  /** The listener hears what is emitted from now on, and nothing any more once it has been ended. */
  on: (listener: (value: T) => void) => Unsubscribe
  /** Tells every listener; what a listener throws reaches the caller once all have been told. */
  emit: (value: T) => void
}

/**
 * Tells things in the order in which they happened: what happens while something is being told (a listener that stops, starts or sends)
 * is told afterwards, so that no listener hears of it before what led to it.
 */
export interface Telling {
  readonly isBusy: boolean
  /** Runs them at once, or after what is being told. What they throw reaches whoever began, once all has been told. */
  tell: (runs: readonly (() => void)[]) => void
}

/** Emitters that share one keep the order among them. */
export function createTelling(): Telling {
  const queue: (() => void)[] = []
  let isBusy = false
  return {
    get isBusy() {
      return isBusy
    },
    tell(runs) {
      queue.push(...runs)
      if (isBusy) return
      const errors: unknown[] = []
      isBusy = true
      for (let run; (run = queue.shift());) {
        try {
          run()
        }
        catch (error) {
          errors.push(error)
        }
      }
      isBusy = false
      if (errors.length) throw errors[0]
    },
  }
}

export function createEmitter<T>({ tell } = createTelling()): Emitter<T> {
  const listeners = new Set<{ call: (value: T) => void }>()
  return {
    on(call) {
      const entry = { call }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    emit: value => tell([...listeners].map(entry => () => {
      if (listeners.has(entry)) entry.call(value)
    })),
  }
}
