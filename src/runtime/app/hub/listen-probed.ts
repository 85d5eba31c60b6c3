import type { Probe } from './probe'
import type { Listening, Subscription } from './subscription'

/** Development only: listens, watched, where nothing but its end changes what is heard. */
export function listenProbed(probe: Probe, caller: string, subscription: Subscription, listen: (subscription: Subscription) => Listening): Listening {
  let isOver = false
  const probed = probe.listener(caller, () => ({ ...subscription, commands: [subscription.commands].flat(), state: isOver ? 'stopped' : 'active' }))
  const listening = listen(probed.tap(subscription))
  return {
    leave() {
      listening.leave()
      isOver = true
      probed.changed()
    },
  }
}
