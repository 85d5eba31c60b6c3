import type { B24Frame } from '@bitrix24/b24jssdk'
import { maskSecrets } from '../utils/mask-secrets'
import { restProblem } from './rest-problem'
import type { RestFailure } from './rest-problem'

interface RestAnswer {
  readonly isSuccess: boolean
  getErrors: () => Iterable<Error>
}

/**
 * Calls one REST method as the app's user and returns its `result`.
 *
 * The SDK repeats a 5xx three times by itself (after 1 s, 2 s) and renews an expired token once.
 *
 * @throws PullError by the platform's error code, never with request data
 */
export async function callRest(frame: B24Frame, method: string, params: Record<string, unknown>): Promise<unknown> {
  const answer = await frame.actions.v2.call.make({ method, params }).catch((error) => {
    throw restProblem(method, toFailure(error))
  })
  assertSuccess(method, answer)
  return answer.getData()?.result
}

/** Throws the answer's first error as a PullError. */
export function assertSuccess(method: string, answer: RestAnswer): void {
  if (answer.isSuccess) return
  const [error] = answer.getErrors()
  throw restProblem(method, toFailure(error))
}

/** The SDK's errors carry the request with its token (`originalError`), and a portal may repeat it in its text: only these fields leave, masked. */
export function toFailure(error: unknown): RestFailure {
  const { code, status, message } = (refreshErrorOf(error) ?? error ?? {}) as { code?: unknown, status?: unknown, message?: unknown }
  return {
    code: typeof code === 'string' || typeof code === 'number' ? maskSecrets(String(code)) : 'UNKNOWN',
    status: typeof status === 'number' ? status : 0,
    description: typeof message === 'string' ? maskSecrets(message) : '',
  }
}

/** The error of renewing the token: the SDK wraps it, code and all, in one that says it is unknown. */
export function refreshErrorOf(error: unknown): object | null {
  const { code, originalError } = (error ?? {}) as { code?: unknown, originalError?: unknown }
  const isCoded = typeof originalError === 'object' && originalError !== null && 'code' in originalError
  return code === 'JSSDK_UNKNOWN_ERROR' && isCoded ? originalError : null
}
