import type { Unsubscribe } from '../../../types'

/** Calls back when the browser says that the network is gone. That is no wake: there is nothing to try. */
export function listenForNetworkLoss(onLoss: () => void): Unsubscribe {
  window.addEventListener('offline', onLoss)
  return () => window.removeEventListener('offline', onLoss)
}
