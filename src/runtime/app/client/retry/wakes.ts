import type { Unsubscribe } from '../../../types'

const events = ['visibilitychange', 'pageshow', 'online']

/**
 * Calls back when the page becomes visible, comes back from the back/forward cache, or the network is back.
 *
 * @param onWake called at each of these
 * @param onOffline called when the browser says that the network is gone, which is no wake
 */
export function listenForWakes(onWake: () => void, onOffline?: () => void): Unsubscribe {
  const onEvent = ({ type }: Event) => {
    if (type !== events[0] || !document.hidden) onWake()
  }
  // Captured: the first of them is the document's.
  events.forEach(type => window.addEventListener(type, onEvent, true))
  if (onOffline) window.addEventListener('offline', onOffline, true)
  return () => {
    events.forEach(type => window.removeEventListener(type, onEvent, true))
    if (onOffline) window.removeEventListener('offline', onOffline, true)
  }
}
