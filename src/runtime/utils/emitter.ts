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
  /** Runs at once, or after what is being told. What it throws, or hands to `failed`, reaches whoever began, once all has been told. */
  tell: (run: (failed: (error: unknown) => void) => void) => void
  /** What is told in here is told once it is over. */
  hold: (run: () => void) => void
}

/** Emitters that share one keep the order among them. */
export function createTelling(): Telling {
  type Run = Parameters<Telling['tell']>[0]
  const queue: Run[] = []
  let isBusy = false

  function drain(first: Run): void {
    const errors: unknown[] = []
    isBusy = true
    for (let run: Run | undefined = first; run; run = queue.shift()) {
      try {
        run(error => void errors.push(error))
      }
      catch (error) {
        errors.push(error)
      }
    }
    isBusy = false
    if (errors.length) throw errors[0]
  }

  return {
    tell: run => isBusy ? void queue.push(run) : drain(run),
    hold: run => isBusy ? run() : drain(run),
  }
}

export function createEmitter<T>({ tell } = createTelling()): Emitter<T> {
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
      const told = list ??= [...listeners]
      tell((failed) => {
        for (const entry of told) {
          try {
            if (listeners.has(entry)) entry.call(value)
          }
          catch (error) {
            failed(error)
          }
        }
      })
    },
  }
}
