import type { PullMessage } from '../../types'
import { failedBy } from '../../utils/failed-by'

/** Whether a filter of the app lets a message pass. @throws PullError `FILTER_FAILED` */
export function passes<T extends PullMessage<unknown>>(filter: (message: T) => boolean, message: T): boolean {
  try {
    return filter(message)
  }
  catch (cause) {
    throw failedBy(cause, {
      code: 'FILTER_FAILED',
      what: `The filter of '${message.module}' / '${message.command}'`,
      why: 'It threw; the message was not delivered to this subscription.',
      fix: 'Make `filter` answer true or false for every message; params come from outside and may lack fields.',
    })
  }
}
