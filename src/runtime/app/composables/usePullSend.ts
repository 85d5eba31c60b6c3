import type { PullModuleName, SendOptions, UsePullSendReturn } from '../../types'
import { findPull } from '../pull-context'
import { createSendLoop } from '../services/send-loop'
import { createSending } from '../services/sending'
import { showUse } from '../services/show-use'

/**
 * Sends commands to the app's open frames, your own included (`pull.application.event.add`).
 *
 * @param module module id of what is sent, by default `application`; lower-case letters, digits, `.` and `_`
 * @throws PullError `NO_CONTEXT`; `sendAsync()` rejects with the others, among them `COMMAND_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`,
 * `PARAMS_ERROR`, `SCHEMA_MISMATCH`, `USER_ID_ERROR`, `USER_ID_ACCESS_ERROR`, `INSUFFICIENT_SCOPE`, `NO_PULL`, `NOT_IN_FRAME`, `LOAD_FAILED`
 * @see https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-event-add.html
 *
 * @example
 * ```ts
 * const { send, isSending, error } = usePullSend()
 * const reload = () => send('reload.options', { from: 'settings' })
 * ```
 */
export function usePullSend<M extends PullModuleName = 'application'>(module: M = 'application' as M): UsePullSendReturn<M> {
  const sending = createSending('usePullSend', (context, command: string, params: unknown = {}, options: SendOptions = {}) => {
    if (process.env.NODE_ENV !== 'production') context?.service(createSendLoop).watchSend(module, command)
    return ({ checkFields, sendEvent }, call) => {
      checkFields('The third argument', options, ['userId'])
      return sendEvent(call, { module, command, params, userId: options.userId }, context ?? undefined)
    }
  })
  if (process.env.NODE_ENV !== 'production') showUse(findPull('usePullSend'), 'usePullSend', () => ({ module, isSending: sending.isSending.value, error: sending.error.value }))
  return sending
}
