import type { PullModuleName, SendOptions, UsePullSendReturn } from '../../types'
import { isDev } from '../../utils/env'
import { injectPull } from '../pull-context'
import { createSendLoop } from '../services/send-loop'
import { createSending } from '../services/sending'

/**
 * Sends commands to the app's open frames, your own included (`pull.application.event.add`).
 *
 * @param module module id of what is sent, by default `application`; lower-case letters, digits, `.` and `_`
 * @throws PullError `NO_CONTEXT`; `send()` rejects with the others, among them `COMMAND_ERROR`, `MODULE_ID_ERROR`,
 * `MODULE_RESERVED`, `PARAMS_ERROR`, `SCHEMA_MISMATCH`, `USER_ID_ERROR`, `USER_ID_ACCESS_ERROR`, `INSUFFICIENT_SCOPE`, `NOT_IN_FRAME`, `LOAD_FAILED`
 * @see https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-event-add.html
 *
 * @example
 * ```ts
 * const { send, isSending, error } = usePullSend()
 * await send('reload.options', { from: 'settings' })
 * ```
 */
export function usePullSend<M extends PullModuleName = 'application'>(module: M = 'application' as M): UsePullSendReturn<M> {
  const context = injectPull('usePullSend')
  const { run, isSending, error } = createSending()

  function send(command: string, params: unknown = {}, { userId }: SendOptions = {}): Promise<void> {
    if (isDev) context?.service(createSendLoop).watchSend(module, command)
    return run(() => import('../../rest/send-event'), ({ sendEvent }) => context && sendEvent(context.call, { module, command, params, userId }, context))
  }

  return { send, isSending, error }
}
