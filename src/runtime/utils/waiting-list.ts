import type { Unsubscribe } from '../types'

/** Subscriptions to something that is not there yet: kept in their order until it is. */
export interface WaitingList<T> {
  /** Subscribes as soon as it is there. What this returns ends the subscription, before and after. */
  add: (subscribe: (target: T) => Unsubscribe) => Unsubscribe
  /** It is there. */
  arrived: (target: T) => void
}

export function createWaitingList<T>(): WaitingList<T> {
  let there: T | undefined
  const waiting = new Set<() => void>()
  return {
    add(subscribe) {
      if (there) return subscribe(there)
      let end: Unsubscribe = () => void waiting.delete(begin)
      const begin = () => void (end = subscribe(there!))
      waiting.add(begin)
      return () => end()
    },
    arrived(target) {
      there = target
      for (const begin of waiting) begin()
      waiting.clear()
    },
  }
}
