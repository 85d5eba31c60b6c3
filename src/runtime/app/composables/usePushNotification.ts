import type { PushNotification, UsePushNotificationReturn } from '../../types'
import { injectPull } from '../pull-context'
import { createSending } from '../services/sending'

/**
 * Sends push notifications to the mobile app of users (`pull.application.push.add`). Only administrators may.
 *
 * @throws PullError `NO_CONTEXT`; `notify()` rejects with the others, among them `USER_ID_ERROR`, `TEXT_ERROR`,
 * `AVATAR_ERROR`, `ACCESS_ERROR`, `EMPTY_APP_NAME`, `WRONG_AUTH_TYPE`, `INSUFFICIENT_SCOPE`, `NOT_IN_FRAME`, `LOAD_FAILED`
 * @see https://dev.1c-bitrix.ru/rest_help/pull_push/pull_application_push_add.php
 *
 * @example
 * ```ts
 * const { notify, isSending, error } = usePushNotification()
 * await notify({ userId: [2, 3], text: 'The report is ready' })
 * ```
 */
export function usePushNotification(): UsePushNotificationReturn {
  const context = injectPull('usePushNotification')
  const { run, isSending, error } = createSending()

  const notify = (notification: PushNotification): Promise<void> =>
    run(() => import('../../rest/send-notification'), ({ sendNotification }) => context && sendNotification(context.call, notification))

  return { notify, isSending, error }
}
