/** Tells those who wait that something in the portal has changed. */
export interface Changes {
  notify: () => void
  /** Returns the function that ends the subscription. */
  subscribe: (listener: () => void) => () => void
}

/** A new, empty list of listeners. */
export function createChanges(): Changes {
  const listeners = new Set<() => void>()
  return {
    notify() {
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
