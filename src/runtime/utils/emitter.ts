import type { Unsubscribe } from '../types'

/** A list of listeners: the smallest event source. Listeners may come and go while it tells them. */
export interface Emitter<T> {
  /** The listener hears what is emitted from now on, and nothing any more once it has been ended. */
  on: (listener: (value: T) => void) => Unsubscribe
  /** Tells every listener; what a listener throws reaches the caller once all have been told. */
  emit: (value: T) => void
}

/** Who hears; nobody any more once it has been ended. */
interface Ear<T> {
  call?: (value: T) => void
}

/**
 * Tells things in the order in which they happened: what happens while something is being told (a listener that stops, starts or sends)
 * is told afterwards, so that no listener hears of it before what led to it.
 */
export interface Telling {
  isBusy: boolean
  /** Tells them at once, or after what is being told. What they throw reaches whoever began, once all has been told. */
  tell: <T>(ears: readonly Ear<T>[], value: T) => void
}

/** Emitters that share one keep the order among them. */
export function createTelling(): Telling {
  // Pairs, and no closures: a storm emits thousands of times a second.
  const queue: [ears: readonly Ear<never>[], value: unknown][] = []
  const telling: Telling = {
    isBusy: false,
    tell(ears, value) {
      const errors: unknown[] = []
      let next: typeof queue[number] | undefined = [ears as readonly Ear<never>[], value]
      if (telling.isBusy) return void queue.push(next)
      telling.isBusy = true
      for (; next; next = queue.shift()) {
        for (const ear of next[0]) {
          try {
            ear.call?.(next[1] as never)
          }
          catch (error) {
            errors.push(error)
          }
        }
      }
      telling.isBusy = false
      if (errors.length) throw errors[0]
    },
  }
  return telling
}

export function createEmitter<T>({ tell } = createTelling()): Emitter<T> {
  const ears = new Set<Ear<T>>()
  /** Made once per change: whoever goes through it keeps what it began with. */
  let list: readonly Ear<T>[] | null = null
  return {
    on(call) {
      const ear: Ear<T> = { call }
      ears.add(ear)
      list = null
      return () => {
        ear.call = undefined
        ears.delete(ear)
        list = null
      }
    },
    emit: value => tell(list ??= [...ears], value),
  }
}
