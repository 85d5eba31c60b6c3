import type { PullMessage } from '../types'

/** Where development builds keep the push server's id of a message. Nobody who looks at the message's fields sees it. */
const ID: unique symbol = Symbol.for('nuxt-b24-pull.message-id')

/** Development only: the same message, which knows its id on the wire. */
export function withId(message: PullMessage, id: string | null | undefined): PullMessage {
  if (id && !Object.isFrozen(message)) Object.defineProperty(message, ID, { value: id })
  return message
}

/** The push server's id of a message, in a development build; `null` where it had none. */
export function idOf(message: PullMessage): string | null {
  return (message as PullMessage & { [ID]?: string })[ID] ?? null
}
