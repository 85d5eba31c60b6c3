import type { PushNotification, UsePushNotificationReturn } from '../../types'
import { findPull } from '../pull-context'
import { createSending } from '../services/sending'
import { showUse } from '../services/show-use'

/**
 * Sends push notifications to the mobile app of users (`pull.application.push.add`). Only administrators may.
 *
 * @throws PullError `NO_CONTEXT`; `notifyAsync()` rejects with the others, among them `ARGUMENT_ERROR`, `USER_ID_ERROR`, `TEXT_ERROR`,
 * `AVATAR_ERROR`, `ACCESS_ERROR`, `EMPTY_APP_NAME`, `WRONG_AUTH_TYPE`, `INSUFFICIENT_SCOPE`, `NO_PULL`, `NOT_IN_FRAME`, `LOAD_FAILED`
 * @see https://dev.1c-bitrix.ru/rest_help/pull_push/pull_application_push_add.php
 *
 * @example
 * ```ts
 * const { notify, isSending, error } = usePushNotification()
 * const remind = () => notify({ userId: [2, 3], text: 'The report is ready' })
 * ```
 */
export function usePushNotification(): UsePushNotificationReturn {
  const { send, sendAsync, isSending, error } = createSending('usePushNotification', (_context, notification: PushNotification) =>
    ({ sendNotification }, call) => sendNotification(call, notification))
  if (process.env.NODE_ENV !== 'production') showUse(findPull('usePushNotification'), 'usePushNotification', () => ({ isSending: isSending.value, error: error.value }))
  return { notify: send, notifyAsync: sendAsync, isSending, error }
}
