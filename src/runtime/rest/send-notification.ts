import { checkFields } from '../utils/argument-error'
import { PullError } from '../utils/errors'
import { textError, toNotificationParams } from './notification-rules'
import type { NotificationInput } from './notification-rules'
import type { CallRest } from './send-event'

/**
 * Sends a push notification by `pull.application.push.add`.
 *
 * @throws PullError
 */
export async function sendNotification(call: CallRest, notification: NotificationInput): Promise<void> {
  checkFields('The notification', notification, ['userId', 'text', 'avatar'])
  const params = toNotificationParams(notification)
  try {
    await call('pull.application.push.add', params)
  }
  catch (error) {
    throw error instanceof PullError ? explain(error) : error
  }
}

/** The errors that only this method has, in words; every other stays as the call gave it. */
function explain(error: PullError): PullError {
  const { code = '', description = '' } = (error.cause ?? {}) as { code?: string, description?: string }
  const said = description ? ` It says: ${description}` : ''
  switch (code) {
    case 'ACCESS_ERROR':
      return new PullError({
        code: 'ACCESS_ERROR',
        message: 'The current user may not send push notifications.',
        why: 'Only an administrator of the portal may.',
        fix: 'Send it from the app\'s back end with an administrator\'s token: sendPushNotification().',
        cause: error.cause,
      })
    case 'TEXT_ERROR':
      return textError(`The portal refused the text.${said}`, error.cause)
    case 'EMPTY_APP_NAME':
      return new PullError({
        code: 'EMPTY_APP_NAME',
        message: 'The app has no name that the notification could show.',
        why: 'The portal puts the app\'s name above the text, and the app\'s settings hold none.',
        fix: 'Give the app a name for every language in its settings in Bitrix24.',
        cause: error.cause,
      })
    default:
      return error
  }
}
