import type { PullError } from '../../utils/errors'

/** What to do after a failed call: try again later, give up this event, try other tokens, or give up the portal. */
export type Verdict = 'later' | 'refused' | 'unauthorized' | 'gone'

/** Codes of the platform for a portal on which the app cannot act any more. */
const GONE = new Set(['PORTAL_DELETED', 'ACCESS_DENIED', 'APPLICATION_NOT_FOUND', 'ERROR_OAUTH', 'PAYMENT_REQUIRED'])

/** Codes that pass by themselves, though their status may be one of a mistake. */
const PASSING = new Set([
  'QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT', 'OVERLOAD_LIMIT', 'NETWORK_ERROR', 'REQUEST_TIMEOUT', 'INTERNAL_SERVER_ERROR', 'SERVER_ERROR',
  // The portal could not ask the authorization server about the token. It says so with a 401.
  'CONNECTION_ERROR',
])

/** Codes for a token whose user was dismissed, or may not use the app any more: those of somebody else are needed, for whatever event. */
const USERLESS = new Set(['authorization_error', 'user_access_error'])

/** @param error of a call, whose `cause` holds the platform's `code` and `status` */
export function verdictOn(error: PullError): Verdict {
  const { code = '', status = 0 } = (error.cause ?? {}) as { code?: string, status?: number }
  if (PASSING.has(code) || status === 429 || status === 408) return 'later'
  if (error.code === 'PORTAL_GONE' || GONE.has(code)) return 'gone'
  if (USERLESS.has(code)) return 'unauthorized'
  // The token: refused by those who can tell, or the server that renews tokens did not answer.
  if (error.code === 'AUTH_EXPIRED') return status >= 400 && status < 500 ? 'unauthorized' : 'later'
  return error.code === 'REST_FAILED' && (status === 0 || status >= 500) ? 'later' : 'refused'
}
