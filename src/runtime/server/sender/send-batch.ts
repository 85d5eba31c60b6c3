import type { TypeB24 } from '@bitrix24/b24jssdk'
import { PullError } from '../../utils/errors'
import { EVENT_ADD } from '../../rest/event-method'
import { explainEvent } from '../../rest/send-event'
import { assertApplication, toProblem } from '../call-as-application'
import type { QueuedEvent } from './queued-event'

/** How far a request came. Events behind the one that failed were not tried. */
export interface BatchAnswer {
  /** How many from the front the portal has taken. */
  sent: number
  /** Why the next one was not, where that is so. */
  error: PullError | null
}

/**
 * Sends up to 50 events as one request. It halts at the first error, so that no event overtakes another.
 *
 * The SDK keeps to the portal's limits, and tries a failed request three times.
 */
export async function sendBatch(b24: TypeB24, events: readonly QueuedEvent[]): Promise<BatchAnswer> {
  try {
    assertApplication(b24)
    const answer = await b24.actions.v2.batch.make({
      calls: events.map(({ rest }) => ({ method: EVENT_ADD, params: rest })),
      options: { isHaltOnError: true, returnAjaxResult: true },
    })
    // What was tried, in its order; the last of them may have failed.
    const tried = toList(answer.getData())
    const failed = tried.findIndex(({ isSuccess }) => !isSuccess)
    if (failed < 0 && tried.length === events.length) return { sent: events.length, error: null }
    if (failed < 0) return { sent: tried.length, error: toProblem(EVENT_ADD, [...answer.getErrors()][0]) }
    const { rest } = events[failed]!
    return { sent: failed, error: explainEvent(toProblem(EVENT_ADD, [...tried[failed]!.getErrors()][0]), rest.COMMAND, rest.MODULE_ID) }
  }
  catch (error) {
    return { sent: 0, error: error instanceof PullError ? error : toProblem(EVENT_ADD, error) }
  }
}

interface TriedCommand {
  readonly isSuccess: boolean
  getErrors: () => Iterable<Error>
}

/** Asked for as a list with an answer for each; the SDK's type allows for the other forms as well. */
function toList(data: unknown): TriedCommand[] {
  return Array.isArray(data) ? data as TriedCommand[] : []
}
