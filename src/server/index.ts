export { createPullSender } from '../runtime/server/utils/createPullSender'
export { sendPullEvent } from '../runtime/server/utils/sendPullEvent'
export type { PullServerEvent } from '../runtime/server/utils/sendPullEvent'
export { sendPushNotification } from '../runtime/server/utils/sendPushNotification'
export type {
  GonePortal, PullDeliveryOptions, PullSender, PullSenderEvent, PullSenderFigures, PullSenderOptions, PullSendFailure,
} from '../runtime/server/sender/types'
export type { PullCommands, PullErrorCode, PullIssue, PushNotification } from '../runtime/types'
export { PullError } from '../runtime/utils/errors'
