import type { QueuedEvent } from './queued-event'

/** Commands that the platform takes in one `batch`. */
export const MOST_EVENTS = 50

/** Characters of one request's events, about: escaped for a query they grow to three times as many at most. */
const MOST_CHARACTERS = 1_000_000

/** As many events from the front as one request may carry: one at least. */
export function cutBatch(waiting: Iterable<QueuedEvent>): QueuedEvent[] {
  const batch: QueuedEvent[] = []
  let characters = 0
  for (const event of waiting) {
    characters += event.rest.PARAMS.length
    if (batch.length && (batch.length === MOST_EVENTS || characters > MOST_CHARACTERS)) break
    batch.push(event)
  }
  return batch
}

/** Of events with the same key only the newest, in its own place. */
export function collapse(events: readonly QueuedEvent[]): QueuedEvent[] {
  const newest = new Map<string, QueuedEvent>()
  for (const event of events) {
    const name = nameOf(event)
    newest.delete(name)
    newest.set(name, event)
  }
  return [...newest.values()]
}

/** By which a later event takes an earlier one's place: its key, or a name of its own. */
export const nameOf = ({ id, key }: QueuedEvent): string => key === undefined ? `id ${id}` : `key ${key}`
