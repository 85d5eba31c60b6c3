import type { PullMessage, PullMessageType, Unsubscribe } from '../../types'
import type { Audience, Seat } from './audience'
import { careFor, run, show, tell } from './deliver'
import type { Report } from './deliver'
import { isThenable } from '../../utils/is-thenable'
import { Registry } from './registry'
import type { Subscription } from './subscription'

export interface Hub {
  /** Adds a subscription, whose names are compared as they are. The same one added twice is two subscriptions. */
  subscribe: (subscription: Subscription) => Unsubscribe
  /** Who will hear the message, in order of subscription. */
  match: (message: PullMessage) => Audience
  /** Calls every listener of the message, in order of subscription, each shielded from the others' errors. */
  dispatch: (message: PullMessage, audience?: Audience) => void
  /** Whether anyone listens to some command of the module. */
  listensTo: (type: PullMessageType, module: string) => boolean
  /** How many subscriptions are live. */
  readonly size: number
}

/**
 * (type, module, command) → listeners. Free of Vue and of the SDK.
 *
 * @param report told of the errors of all listeners
 * @param isOwn whether this page sent the message itself
 */
export function createHub(report: Report = () => {}, isOwn: (message: PullMessage) => boolean = () => false): Hub {
  const registry = new Registry()
  let order = 0
  let size = 0

  const match = ({ type, module, command }: PullMessage) => registry.match(type, module, command)

  return {
    subscribe(subscription) {
      const { listener, handler, shown, onError, ignoreOwn } = subscription
      const seat: Seat = { handler, shown, listener, onError, ignoreOwn, order: order++ }
      let place = registry.add(seat, subscription)
      // All of whom nothing has to be asked hear the same.
      if (handler && !ignoreOwn && place && !place.also) shown?.countBy(place.bucket)
      if (place) size++
      return () => {
        if (!place) return
        size--
        shown?.countBy(null)
        for (; place; place = place.also) place.bucket.remove(place)
      }
    },

    match,
    dispatch(message, { seats, handlers, shown, counters } = match(message)) {
      for (const counter of counters) counter.hear(message)
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

    get size() {
      return size
    },
  }
}
