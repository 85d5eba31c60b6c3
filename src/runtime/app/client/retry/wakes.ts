import type { Unsubscribe } from '../../../types'

/** ms; wakes count at most once in it. */
export const WAKE_WINDOW = 15_000
/** ms after a loss, or after the first start, from which data counts as stale. */
export const SUSPENDED_AFTER = 120_000

const events = ['visibilitychange', 'pageshow', 'online']

/** Calls back when the page becomes visible, comes back from the back/forward cache, or the network is back. */
export function listenForWakes(onWake: () => void): Unsubscribe {
  const onEvent = ({ type }: Event) => {
    if (type !== events[0] || document.visibilityState === 'visible') onWake()
  }
  // Captured: the first of them is the document's.
  events.forEach(type => window.addEventListener(type, onEvent, true))
  return () => events.forEach(type => window.removeEventListener(type, onEvent, true))
}
