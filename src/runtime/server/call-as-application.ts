import type { TypeB24 } from '@bitrix24/b24jssdk'
import { restProblem } from '../rest/rest-problem'
import { refreshErrorOf, toFailure } from '../rest/call-rest'
import { argumentError } from '../utils/argument-error'
import { PullError } from '../utils/errors'
import type { CallRest } from '../rest/send-event'

/** What the SDK puts in place of a refresh token where there is none: its class's name does not survive minifying. */
const HOOK = 'hook'

/**
 * Calls REST as an application.
 *
 * @throws PullError `ARGUMENT_ERROR` for what is no client of the SDK, `WRONG_AUTH_TYPE` for a webhook, before any call
 */
export function callAsApplication(b24: TypeB24): CallRest {
  assertApplication(b24)
  return async (method, params) => {
    const answer = await b24.actions.v2.call.make({ method, params }).catch((error) => {
      throw toProblem(method, error)
    })
    if (answer.isSuccess) return answer.getData()?.result
    const [error] = answer.getErrors()
    throw toProblem(method, error)
  }
}

/** @throws PullError `ARGUMENT_ERROR` for what is no client of the SDK, `WRONG_AUTH_TYPE` for a webhook */
export function assertApplication(b24: TypeB24): void {
  if (!isClient(b24)) throw argumentError('The first argument', b24, 'the SDK\'s `B24OAuth` with the app\'s tokens')
  const auth = b24.auth.getAuthData()
  if (auth && auth.refresh_token === HOOK) throw webhookRefused()
}

function isClient(b24: unknown): boolean {
  const { auth, actions } = (b24 ?? {}) as Partial<TypeB24>
  return typeof auth?.getAuthData === 'function' && typeof actions?.v2?.call?.make === 'function'
}

/** An error of the SDK in our words; those about tokens have another remedy on a server than in a frame. */
export function toProblem(method: string, error: unknown): PullError {
  if (refreshErrorOf(error)) return tokenRefused(method, toFailure(error))
  const problem = restProblem(method, toFailure(error))
  return problem.code === 'AUTH_EXPIRED' ? tokenRefused(method, problem.cause) : problem
}

const webhookRefused = (): PullError => new PullError({
  code: 'WRONG_AUTH_TYPE',
  message: 'Push & Pull cannot be used with a webhook (B24Hook). Nothing was sent.',
  why: 'Bitrix24 gives channels to applications only, and refuses every pull method to a webhook with 403 WRONG_AUTH_TYPE.',
  fix: 'Use B24OAuth with the tokens that the portal gave the app, at its installation (ONAPPINSTALL).',
})

const tokenRefused = (method: string, cause: unknown): PullError => new PullError({
  code: 'AUTH_EXPIRED',
  message: `The portal refused the access token on ${method}.`,
  why: 'It has expired or was withdrawn, and could not be renewed by the refresh token.',
  fix: 'Keep the tokens that B24OAuth hands to setCallbackRefreshAuth(), or those of a new installation. Most events bring no refresh token: theirs end with the hour.',
  cause,
})
