import type { PullMessage } from '../../types'
import type { PullError } from '../../utils/errors'
import { toHandlerError } from './handler-error'
import type { Subscription } from './subscription'
import { isThenable } from '../../utils/is-thenable'

/** Told of the errors of all. Must not throw. */
export type Report = (error: PullError, message: PullMessage) => void

/** What of a subscription hears a message. */
export type Recipient = Pick<Subscription, 'listener' | 'handler' | 'shown' | 'onError'>

/** Hands a message to one listener; whatever goes wrong in it, now or later, reaches its own care and the report, and nobody else. */
export function deliver(to: Recipient, message: PullMessage, report: Report): void {
  try {
    const result = run(to, message)
    if (isThenable(result)) careFor(result, to, message, report)
  }
  catch (error) {
    tell(error, message, to, report)
  }
}

/** Has a listener hear a message. Throws, or rejects, as the app's code does. */
export function run({ handler, shown, listener }: Recipient, message: PullMessage): unknown {
  return handler ? show(shown, message, handler) : listener?.(message)
}

/** The same where its handler is known. */
export function show(shown: Recipient['shown'], message: PullMessage, handler: NonNullable<Recipient['handler']>): unknown {
  shown?.show(message, 1)
  return handler(message.params, message)
}

/** Tells what goes wrong in it later. */
export function careFor(result: PromiseLike<unknown>, to: Recipient, message: PullMessage, report: Report): void {
  result.then(undefined, error => tell(error, message, to, report))
}

/** Tells what went wrong in a listener. */
export function tell(error: unknown, message: PullMessage, { shown, onError }: Recipient, report: Report): void {
  const problem = toHandlerError(error, message)
  shown?.setError(problem)
  onError?.(problem, message)
  report(problem, message)
}
