import type { Unsubscribe } from '../../types'

/** Calls back when the page becomes visible, comes back from the back/forward cache, or the network is back. */
export function listenForWakes(onWake: () => void): Unsubscribe {
  const onVisible = () => {
    if (document.visibilityState === 'visible') onWake()
  }
  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('pageshow', onWake)
  window.addEventListener('online', onWake)
  return () => {
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('pageshow', onWake)
    window.removeEventListener('online', onWake)
  }
}
