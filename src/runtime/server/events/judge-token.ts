import { PullError } from '../../utils/errors'
import { optionError } from '../sender/options'
import { isSameSecret } from './is-same-secret'
import type { B24TokenSource } from './types'

/** What is known of the portal that an event names. */
export type Knowledge = 'right' | 'wrong' | 'unknown-portal'

/** @throws PullError `ARGUMENT_ERROR` where neither source is given */
export function checkTokenSource({ applicationToken, tokenOf }: B24TokenSource): void {
  if (applicationToken === undefined && typeof tokenOf !== 'function') {
    throw optionError('applicationToken', applicationToken, 'the portal\'s application_token; or give `tokenOf`, a function (memberId) => token')
  }
}

/** An empty token is never right: it is what a setting that was forgotten looks like. */
export async function judgeToken({ applicationToken, tokenOf }: B24TokenSource, memberId: string, given: string): Promise<Knowledge> {
  const expected = tokenOf ? memberId && await tokenOf(memberId) : applicationToken
  const isRight = isSameSecret(given, expected || 'a token that nobody has')
  if (!expected) return 'unknown-portal'
  return isRight ? 'right' : 'wrong'
}

export const tokenRefused = (): PullError => new PullError({
  code: 'TOKEN_REFUSED',
  message: 'The event was not sent by a portal that is known.',
  why: 'Its application_token is not the one that is kept for the portal. Anybody can post to the address.',
  fix: 'Nothing, where it was not the portal that posted. Else keep the token that onInstall() was given, or install the app anew.',
})
