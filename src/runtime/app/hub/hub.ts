import type { PullMessage, PullMessageType, Unsubscribe } from '../../types'
import { type HubEntry, type HubListener, type Place, Registry } from './registry'

export interface HubSubscription extends HubListener {
  type: PullMessageType
  /** Lower-case module id, or `'*'`. */
  module: string
  /** Commands without repeats, or `['*']`. */
  commands: readonly string[]
}

export interface Hub {
  /** Adds a subscription. The same listener subscribed twice is two subscriptions. */
  subscribe: (subscription: HubSubscription) => Unsubscribe
  /** Who will hear the message, in order of subscription. */
  match: (message: PullMessage) => readonly HubListener[]
  /** Calls every listener of the message, in order of subscription, each shielded from the others' errors. */
  dispatch: (message: PullMessage, listeners?: readonly HubListener[]) => void
  /** Whether anyone listens to some command of the module. */
  listensTo: (type: PullMessageType, module: string) => boolean
  /** How many subscriptions are live. */
  readonly size: number
}

/** (type, module, command) → listeners. Free of Vue and of the SDK. */
export function createHub(): Hub {
  const registry = new Registry()
  let order = 0
  let size = 0

  const match = ({ type, module, command }: PullMessage) => registry.match(type, module, command)

  return {
    subscribe({ type, module, commands, listener, onError }) {
      const entry: HubEntry = { order: order++, listener, onError }
      let places: Place | null = null
      for (const command of commands) places = registry.add(type, module, command, entry, places)
      if (places) size++
      return () => {
        if (!places) return
        for (let place: Place | null = places; place; place = place.sibling) place.leave()
        places = null
        size--
      }
    },

    match,
    dispatch(message, listeners = match(message)) {
      for (const listener of listeners) deliver(listener, message)
    },

    listensTo: (type, module) => registry.listensTo(type, module),

    get size() {
      return size
    },
  }
}

/** Hands a message to one listener; whatever goes wrong in it, now or later, reaches its `onError`. */
export function deliver({ listener, onError }: HubListener, message: PullMessage): void {
  try {
    const result = listener(message)
    if (isThenable(result)) result.then(undefined, error => onError(error, message))
  }
  catch (error) {
    onError(error, message)
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}
