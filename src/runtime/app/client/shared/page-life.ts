import type { Unsubscribe } from '../../../types'

/**
 * Tells when this page stops to run although it is not over, and when it goes on: frozen, or in the back/forward cache. There it would
 * keep the lock, or its place in the queue, and hear nothing.
 */
export function watchPageLife(onAway: () => void, onBack: () => void): Unsubscribe {
  window.addEventListener('pagehide', onAway)
  window.addEventListener('pageshow', onBack)
  document.addEventListener('freeze', onAway)
  document.addEventListener('resume', onBack)
  return () => {
    window.removeEventListener('pagehide', onAway)
    window.removeEventListener('pageshow', onBack)
    document.removeEventListener('freeze', onAway)
    document.removeEventListener('resume', onBack)
  }
}
