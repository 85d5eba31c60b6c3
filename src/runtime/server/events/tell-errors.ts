import { callSafely, report } from '../sender/report'
import type { B24Event } from './types'

/** What an error is about. Of an event that is not believed yet, it is what somebody says. */
export type EventName = Pick<B24Event, 'name' | 'memberId'>

/**
 * Tells the errors of one request, each once: a handler that waits for the sender fails by the same one as the answer.
 *
 * @param onError of the app; by default the console hears of them
 */
export function createTeller(onError: ((error: unknown, event: EventName) => void) | undefined): (error: unknown, event: EventName) => void {
  const told = new Set<unknown>()
  return (error, { name, memberId }) => {
    if (told.has(error)) return
    told.add(error)
    if (onError) callSafely(onError, error, { name, memberId })
    else report(`The event ${name} could not be dealt with:`, error)
  }
}
