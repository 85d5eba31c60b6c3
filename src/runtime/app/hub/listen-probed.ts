import type { Unsubscribe } from '../../types'
import type { Probe } from './probe'
import type { Subscription } from './subscription'

/** Development only: listens, watched, where nothing but its end changes what is heard. */
export function listenProbed(probe: Probe, caller: string, subscription: Subscription, listen: (subscription: Subscription) => Unsubscribe): Unsubscribe {
  let isOver = false
  const probed = probe.listener(caller, () => ({ ...subscription, state: isOver ? 'stopped' : 'active' }))
  const end = listen(probed.tap(subscription))
  return () => {
    end()
    isOver = true
    probed.changed()
  }
}
