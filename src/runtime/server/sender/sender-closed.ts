import { PullError } from '../../utils/errors'

export const senderClosed = (): PullError => new PullError({
  code: 'SENDER_CLOSED',
  message: 'The sender was closed.',
  why: 'close() was called: the server is about to end.',
  fix: 'Send before that, or leave the event to the offline queue: drainOfflineEvents() reads it at the next start.',
})
