import { PullError } from '../utils/errors'
import { describe } from '../utils/describe'
import { checkReceivers } from './user-ids'
import type { Receivers } from './user-ids'

/** A push notification, as the caller gave it. */
export interface NotificationInput {
  userId: unknown
  text: unknown
  avatar?: unknown
}

/** Parameters of `pull.application.push.add`. */
export type NotificationParams = {
  USER_ID: Receivers
  TEXT: string
  AVATAR?: string
}

const receiversFix = 'Give one positive whole number or a list of them: everybody who shall be notified.'

/**
 * Checks a push notification before the call, so that a mistake is told at once and in words.
 *
 * @throws PullError `USER_ID_ERROR`, `TEXT_ERROR`, `AVATAR_ERROR`
 */
export function toNotificationParams({ userId, text, avatar }: NotificationInput): NotificationParams {
  const receivers = checkReceivers(userId, receiversFix)
  if (typeof text !== 'string' || !text.trim()) throw textError(`The text is ${describe(text)}.`)
  if (avatar !== undefined && (typeof avatar !== 'string' || !avatar.trim())) throw avatarError(`The avatar is ${describe(avatar)}.`)
  return { USER_ID: receivers, TEXT: text, ...(avatar !== undefined && { AVATAR: avatar }) }
}

export const textError = (message: string, cause?: unknown): PullError => new PullError({
  code: 'TEXT_ERROR',
  message,
  why: 'A notification has to say something.',
  fix: 'Give the text as a string that is not empty.',
  cause,
})

const avatarError = (message: string): PullError => new PullError({
  code: 'AVATAR_ERROR',
  message,
  why: 'The picture is named by its address.',
  fix: 'Give the address as a string, or leave `avatar` out.',
})
