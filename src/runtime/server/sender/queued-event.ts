import { randomUUID } from 'node:crypto'
import { checkFields } from '../../utils/argument-error'
import { toEventParams } from '../../rest/event-rules'
import { markId } from '../../rest/event-id'
import type { PullSenderEvent } from './types'

/** An event that was checked at the door, in a form that survives JSON: a durable queue keeps it so. */
export interface QueuedEvent {
  /** By which receivers know a repeat. */
  id: string
  key?: string
  /** Parameters of `pull.application.event.add`, as text where PHP's query would change types. */
  rest: { MODULE_ID: string, COMMAND: string, PARAMS: string, USER_ID?: string }
}

/**
 * Checks an event, and writes it as it will travel.
 *
 * In a `batch` parameters go as a query, in which every number becomes a text and an empty list nothing; the platform
 * takes JSON text in their place. A `$` is written as its escape: `$result[…]` means something in a batch.
 *
 * @throws PullError `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, `PARAMS_ERROR`, `USER_ID_ERROR`
 */
export function toQueuedEvent(event: PullSenderEvent): QueuedEvent {
  checkFields('The event', event, ['module', 'command', 'params', 'userId', 'key', 'id'])
  const { module = 'application', command, params = {}, userId, key, id = randomUUID() } = event
  const { MODULE_ID, COMMAND, PARAMS, USER_ID } = toEventParams({ module, command, params, userId })
  return {
    id,
    ...(key !== undefined && { key }),
    rest: {
      MODULE_ID,
      COMMAND,
      PARAMS: JSON.stringify(markId(PARAMS, id)).replaceAll('$', '\\u0024'),
      ...(USER_ID !== undefined && { USER_ID: typeof USER_ID === 'object' ? JSON.stringify(USER_ID) : String(USER_ID) }),
    },
  }
}
