import type { PullMessage, PullMessageType } from '../../types'
import { careFor, run, show, tell } from './deliver'
import type { Report } from './deliver'
import { isThenable } from '../../utils/is-thenable'
import { Registry } from './registry'
import type { Listening, Subscription } from './subscription'

export interface Hub {
  /** Adds a subscription, whose names are compared as they are. The same one added twice is two subscriptions. */
  subscribe: (subscription: Subscription) => Listening
  /** Calls every listener of the message, in order of subscription, each shielded from the others' errors. */
  dispatch: (message: PullMessage) => void
  /** Whether anyone listens to some command of the module. */
  listensTo: (type: PullMessageType, module: string) => boolean
}

/** Of what hears nothing. */
export const notListening: Listening = { leave() {} }

/**
 * (type, module, command) → listeners. Free of Vue and of the SDK.
 *
 * @param report told of the errors of all listeners
 * @param isOwn whether this page sent the message itself
 */
export function createHub(report: Report = () => {}, isOwn: (message: PullMessage) => boolean = () => false): Hub {
  const registry = new Registry()

  return {
    subscribe(subscription) {
      const { handler, shown, ignoreOwn } = subscription
      const membership = registry.add(subscription)
      // All of whom nothing has to be asked hear the same.
      if (handler && !ignoreOwn && membership && !membership.also) shown?.countBy(membership.bucket)
      return membership ?? notListening
    },

    dispatch(message) {
      const { seats, handlers, shown, tallies } = registry.match(message.type, message.module, message.command)
      for (const tally of tallies) tally.hear(message)
      for (let i = 0; i < seats.length; i++) {
        const handler = handlers[i]
        if (!handler && seats[i]!.ignoreOwn && isOwn(message)) continue
        // Not by `deliver()`: of a thousand listeners' time its call for each would take a third.
        try {
          const result = handler ? show(shown[i], message, handler) : run(seats[i]!, message)
          if (isThenable(result)) careFor(result, seats[i]!, message, report)
        }
        catch (error) {
          tell(error, message, seats[i]!, report)
        }
      }
    },

    listensTo: (type, module) => registry.listensTo(type, module),
  }
}
