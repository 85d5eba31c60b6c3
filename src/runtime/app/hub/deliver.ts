import type { PullMessage } from '../../types'
import type { PullError } from '../../utils/errors'
import { toHandlerError } from './handler-error'
import type { Subscription } from './subscription'

/** Told of the errors of all. Must not throw. */
export type Report = (error: PullError, message: PullMessage) => void

/** Hands a message to one listener; whatever goes wrong in it, now or later, reaches its `onError` and the report, and nobody else. */
export function deliver({ listener, onError }: Pick<Subscription, 'listener' | 'onError'>, message: PullMessage, report: Report): void {
  try {
    const result = listener(message)
    if (isThenable(result)) result.then(undefined, error => tell(error, message, onError, report))
  }
  catch (error) {
    tell(error, message, onError, report)
  }
}

function tell(error: unknown, message: PullMessage, onError: Subscription['onError'], report: Report): void {
  const problem = toHandlerError(error, message)
  onError?.(problem, message)
  report(problem, message)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}
