import type { TypeB24 } from '@bitrix24/b24jssdk'
import type { PullCommandName, PullEventParams, PullModuleName } from '../../types'
import { markId } from '../../rest/event-id'
import { sendEvent } from '../../rest/send-event'
import { checkFields } from '../../utils/argument-error'
import { isRecord } from '../../utils/is-record'
import { callAsApplication } from '../call-as-application'

/** An event that the app's back end sends. */
export type PullServerEvent<M extends PullModuleName, C extends PullCommandName<M>> = PullEventParams<M, C> & {
  /** Lower-case letters, digits, `.` and `_`. @default 'application' */
  module?: M
  /** Letters, digits and `_ : | . -`. */
  command: C
  /** Receivers, by user id; only an administrator's token may name others. Default: every user of the app. */
  userId?: number | readonly number[]
  /**
   * By which receivers know a repeat: what comes again under the same id, among the last 1,000 of a page, is dropped. Give it where a
   * queue of yours may send an event twice.
   */
  id?: string
}

/**
 * Sends a command to the app's open frames, from the back end (`pull.application.event.add`).
 *
 * @param b24 `B24OAuth` with the app's tokens
 * @param event module, command, params (a plain object of what JSON carries, at most 1,000,000 bytes) and receivers
 * @throws PullError `WRONG_AUTH_TYPE` at once for a `B24Hook`: webhooks cannot use pull; `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`,
 * `COMMAND_ERROR`, `PARAMS_ERROR`, `USER_ID_ERROR` before the call; `USER_ID_ACCESS_ERROR`, `INSUFFICIENT_SCOPE`, `AUTH_EXPIRED`,
 * `QUERY_LIMIT_EXCEEDED`, `REST_FAILED` after it
 * @see https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-event-add.html
 *
 * @example
 * ```ts
 * import type { B24OAuth } from '@bitrix24/b24jssdk'
 *
 * export async function tell(b24: B24OAuth) {
 *   await sendPullEvent(b24, { command: 'deal.changed', params: { id: 42 } })
 * }
 * ```
 */
export async function sendPullEvent<C extends PullCommandName<M>, M extends PullModuleName = 'application'>(
  b24: TypeB24,
  event: PullServerEvent<M, C>,
): Promise<void> {
  const call = callAsApplication(b24)
  checkFields('The event', event, ['module', 'command', 'params', 'userId', 'id'])
  const { module = 'application', command, params = {}, userId, id } = event as PullServerEvent<string, string>
  await sendEvent(call, { module, command, params: id !== undefined && isRecord(params) ? markId(params, id) : params, userId })
}
