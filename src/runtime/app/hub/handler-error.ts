import { failedBy } from '../../utils/failed-by'
import type { PullMessage } from '../../types'
import { PullError } from '../../utils/errors'

/** An error of the app's own handler as an error of this module; errors that already are one stay as they are. */
export function toHandlerError(error: unknown, { module, command }: PullMessage): PullError {
  if (error instanceof PullError) return error
  return failedBy(error, {
    code: 'HANDLER_FAILED',
    what: `A handler of '${module}' / '${command}'`,
    why: 'It threw, or its promise was rejected. Other handlers were not affected.',
    fix: 'See `cause` for the error of the handler itself.',
  })
}
