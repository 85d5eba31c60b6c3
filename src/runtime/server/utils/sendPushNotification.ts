import type { TypeB24 } from '@bitrix24/b24jssdk'
import type { PushNotification } from '../../types'
import { sendNotification } from '../../rest/send-notification'
import { callAsApplication } from '../call-as-application'

/**
 * Sends a push notification to the mobile app of users, from the back end (`pull.application.push.add`).
 *
 * @param b24 `B24OAuth` with an administrator's token
 * @param notification receivers, text, and the address of a picture
 * @throws PullError `WRONG_AUTH_TYPE` at once for a `B24Hook`: webhooks cannot use pull; `ARGUMENT_ERROR`, `USER_ID_ERROR`, `TEXT_ERROR`,
 * `AVATAR_ERROR` before the call; `ACCESS_ERROR`, `EMPTY_APP_NAME`, `INSUFFICIENT_SCOPE`, `AUTH_EXPIRED`, `REST_FAILED` after it
 * @see https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-push-add.html
 *
 * @example
 * ```ts
 * import type { B24OAuth } from '@bitrix24/b24jssdk'
 *
 * export async function tell(b24: B24OAuth) {
 *   await sendPushNotification(b24, { userId: [2, 3], text: 'The report is ready' })
 * }
 * ```
 */
export async function sendPushNotification(b24: TypeB24, notification: PushNotification): Promise<void> {
  await sendNotification(callAsApplication(b24), notification)
}
