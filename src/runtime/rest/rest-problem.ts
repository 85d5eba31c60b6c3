import { PullError } from '../utils/errors'

/** What is known of a failed REST call, without the request: that carries the access token. */
export interface RestFailure {
  code: string
  status: number
  description: string
}

type Remedy = Pick<PullError, 'code' | 'message' | 'why' | 'fix'>

/** The platform's error codes that have a cause and a remedy of their own, whatever the method. */
const remedies = new Map<string, Remedy>([
  ['WRONG_AUTH_TYPE', {
    code: 'WRONG_AUTH_TYPE',
    message: 'The portal refuses Push & Pull for this kind of authorization.',
    why: 'Push & Pull belongs to applications; a webhook has none.',
    fix: 'Open the app as an application in the portal, so that the call is made with the application\'s token.',
  }],
  ['insufficient_scope', {
    code: 'INSUFFICIENT_SCOPE',
    message: 'The app lacks the scope `pull`.',
    why: 'The app\'s registration does not ask for it, or the portal has not granted it yet.',
    fix: 'Add the scope `pull` to the app\'s settings in Bitrix24, then reinstall the app or open it anew.',
  }],
  ['ACCESS_DENIED', {
    code: 'REST_NOT_AVAILABLE',
    message: 'REST is not available on this account.',
    why: 'The portal\'s plan does not include REST, or its trial is over.',
    fix: 'The portal\'s administrator has to choose a plan with REST (Market).',
  }],
  ['PORTAL_DELETED', {
    code: 'REST_NOT_AVAILABLE',
    message: 'The portal does not exist any more.',
    why: 'The portal was deleted.',
    fix: 'Open the app in another portal.',
  }],
  ['QUERY_LIMIT_EXCEEDED', {
    code: 'QUERY_LIMIT_EXCEEDED',
    message: 'The portal gets too many requests.',
    why: 'Bitrix24 limits the calls per second of an application.',
    fix: 'Call less often; send one event instead of many.',
  }],
])

const authCodes = new Set(['expired_token', 'invalid_token', 'NO_AUTH_FOUND', 'JSSDK_FRAME_REFRESH_AUTH_TIMEOUT'])

/** A failed REST call as an error that says what to do. */
export function restProblem(method: string, failure: RestFailure): PullError {
  const cause = { ...failure }
  const remedy = remedies.get(failure.code)
  if (remedy) return new PullError({ ...remedy, cause })
  if (authCodes.has(failure.code)) {
    return new PullError({
      code: 'AUTH_EXPIRED',
      message: `The portal refused the app's access token on ${method}.`,
      why: 'The token has expired and the portal\'s page gave no new one.',
      fix: 'Reload the portal\'s page.',
      cause,
    })
  }
  return new PullError({
    code: 'REST_FAILED',
    message: `The REST call ${method} failed: ${failure.code}${failure.description ? ` (${failure.description})` : ''}.`,
    why: failure.status ? `The portal answered with status ${failure.status}.` : 'The portal could not be reached.',
    fix: failure.status >= 400 && failure.status < 500
      ? 'Check the call\'s parameters and the app\'s rights.'
      : 'Try again later; see the network panel for the answer.',
    cause,
  })
}
