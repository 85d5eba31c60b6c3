import type { PullStateReason } from '../../types'
import { PullError } from '../../utils/errors'
import { maskCause, saidBy } from '../../utils/mask-secrets'

/** What a fetcher of the app threw, as an error of this module; errors that already are one stay as they are. */
export function toFetcherError(caller: string, problem: unknown, reason: PullStateReason): PullError {
  if (problem instanceof PullError) return problem
  return new PullError({
    code: 'FETCHER_FAILED',
    message: `The fetcher of ${caller}() failed (reason '${reason}')${saidBy(problem)}.`,
    why: 'It threw, or its promise was rejected. What is shown may be out of date.',
    fix: 'See `cause` for the error itself; refresh() tries again.',
    cause: maskCause(problem),
  })
}
