import type { PullStateReason } from '../../types'
import { PullError } from '../../utils/errors'
import { failedBy } from '../../utils/failed-by'

/** What a fetcher of the app threw, as an error of this module; errors that already are one stay as they are. */
export function toFetcherError(caller: string, problem: unknown, reason: PullStateReason): PullError {
  if (problem instanceof PullError) return problem
  return failedBy(problem, {
    code: 'FETCHER_FAILED',
    what: `The fetcher of ${caller}() (reason '${reason}')`,
    why: 'It failed, or gave no state. What is shown may be out of date.',
    fix: 'See `cause` for the error itself; refresh() tries again.',
  })
}
