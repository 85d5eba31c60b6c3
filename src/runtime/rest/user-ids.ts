import { PullError } from '../utils/errors'
import { describe } from '../utils/describe'

/**
 * Ids of users as a list: whole numbers above 0.
 *
 * @param given one id or a list of them
 * @param fix what to do about a wrong one
 * @throws PullError `USER_ID_ERROR`
 */
export function checkUserIds(given: unknown, fix: string): number[] {
  const ids = Array.isArray(given) ? given as unknown[] : [given]
  for (const id of ids) {
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) throw userIdError(`The user id is ${describe(id)}.`, fix)
  }
  // A copy: the SDK cannot clone a reactive list.
  return [...ids] as number[]
}

/** Receivers as REST wants them: one as a text, several as a list. */
export type Receivers = string | number[]

/**
 * Ids of users to whom something is sent.
 *
 * An employee may name none but himself, and the portal compares with the text that it keeps of his id: a number is refused, and
 * a list too.
 *
 * @throws PullError `USER_ID_ERROR`
 */
export function checkReceivers(given: unknown, fix: string): Receivers {
  const ids = [...new Set(checkUserIds(given, fix))]
  if (!ids.length) throw userIdError('The list of receivers is empty.', fix)
  return ids.length === 1 ? String(ids[0]) : ids
}

export const userIdError = (message: string, fix: string): PullError => new PullError({
  code: 'USER_ID_ERROR',
  message,
  why: 'Users are named by their ids: whole numbers above 0.',
  fix,
})
