import type { Unsubscribe } from '../../../types'

const events = ['visibilitychange', 'pageshow', 'online']

/** Calls back when the page becomes visible, comes back from the back/forward cache, or the network is back. */
export function listenForWakes(onWake: () => void): Unsubscribe {
  const onEvent = ({ type }: Event) => {
    if (type !== events[0] || !document.hidden) onWake()
  }
  // Captured: the first of them is the document's.
  events.forEach(type => window.addEventListener(type, onEvent, true))
  return () => events.forEach(type => window.removeEventListener(type, onEvent, true))
}
