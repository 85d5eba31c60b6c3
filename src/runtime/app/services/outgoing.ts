// What an app loads when it sends, as one chunk: one that only listens shall not pay for it.
export { sendEvent } from '../../rest/send-event'
export { sendNotification } from '../../rest/send-notification'
export { checkFields } from '../../utils/argument-error'
export { noPull } from './no-pull'
