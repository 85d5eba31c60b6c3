import type { PullMessage } from '../../types'
import type { PullError } from '../../utils/errors'
import { toHandlerError } from './handler-error'
import type { Subscription } from './subscription'
import { isThenable } from '../../utils/is-thenable'

/** Told of the errors of all. Must not throw. */
export type Report = (error: PullError, message: PullMessage) => void

/** What of a subscription hears a message. */
export type Recipient = Pick<Subscription, 'listener' | 'handler' | 'shown' | 'onError'>

/**
 * Hands a message to one listener; whatever goes wrong in it, now or later, reaches its own care and the report, and nobody else.
 * A caller that knows the recipient's `handler` and what it is `shown` by gives them, and the recipient is not read.
 */
export function deliver(to: Recipient, message: PullMessage, report: Report, handler?: Recipient['handler'], shown?: Recipient['shown']): void {
  try {
    const result = handler ? call(handler, shown, message) : run(to, message)
    if (isThenable(result)) result.then(undefined, error => tell(error, message, to, report))
  }
  catch (error) {
    tell(error, message, to, report)
  }
}

/** Has a listener hear a message. Throws, or rejects, as the app's code does. */
export function run({ handler, shown, listener }: Recipient, message: PullMessage): unknown {
  return handler ? call(handler, shown, message) : listener?.(message)
}

function call(handler: NonNullable<Recipient['handler']>, shown: Recipient['shown'], message: PullMessage): unknown {
  shown?.show(message, 1)
  return handler(message.params, message)
}

function tell(error: unknown, message: PullMessage, { shown, onError }: Recipient, report: Report): void {
  const problem = toHandlerError(error, message)
  shown?.setError(problem)
  onError?.(problem, message)
  report(problem, message)
}
