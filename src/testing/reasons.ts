import { restProblem } from '../runtime/rest/rest-problem'
import type { PullConnectionState, PullStatus } from '../runtime/types'
import { PullError } from '../runtime/utils/errors'
import type { PullErrorCode } from '../runtime/utils/errors'

/** How the test gives a reason: an error, or its code alone. */
export type TestingReason = PullError | PullErrorCode

/** More about a status that is waiting for a retry. */
export interface TestingRetry {
  /** Which retry. @default 1 while reconnecting or suspended, else 0 */
  attempt?: number
  /** ms since epoch. @default null */
  nextRetryAt?: number | null
}

/** The statuses that have a reason in life too. */
const reasons: Partial<Record<PullStatus, PullErrorCode>> = {
  reconnecting: 'CONNECTION_LOST',
  suspended: 'CONNECTION_LOST',
  failed: 'REST_FAILED',
}

/** A whole state from what the test says of it. */
export function toState(status: PullStatus, reason: TestingReason | undefined, { attempt, nextRetryAt = null }: TestingRetry): PullConnectionState {
  const isAway = status === 'reconnecting' || status === 'suspended'
  const given = reason ?? reasons[status] ?? null
  return { status, reason: typeof given === 'string' ? toPullError(given) : given, attempt: attempt ?? (isAway ? 1 : 0), nextRetryAt }
}

function toPullError(code: PullErrorCode): PullError {
  return new PullError({
    code,
    message: `The test chose ${code}.`,
    why: 'It is how createTestingPull() was told to behave.',
    fix: 'Nothing to mend; this text stands for the one of the real error.',
  })
}

/** A refusal of the platform, by its code, as the error that the app would get from the real connection. */
export function toRefusal(method: string, refusal: Error | string): Error {
  return typeof refusal === 'string' ? restProblem(method, { code: refusal, status: 400, description: 'The test chose this error.' }) : refusal
}
