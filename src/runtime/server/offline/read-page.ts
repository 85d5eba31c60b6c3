import { isRecord } from '../../utils/is-record'
import type { CallRest } from '../../rest/send-event'
import { objectIdOf } from '../events/object-id'
import type { OfflineEvent } from './types'

/** Events that were taken for a reader, who has to confirm them by its process id: an empty one where there is nothing to confirm. */
export interface OfflinePage {
  readonly processId: string
  readonly events: readonly OfflineEvent[]
}

/** Takes a page of the queue by a query of `event.offline.get`; with `clear: 0` the portal keeps the events until they are confirmed. */
export async function readPage(call: CallRest, query: Record<string, unknown>): Promise<OfflinePage> {
  const answer = await call('event.offline.get', query)
  const { process_id: processId, events } = isRecord(answer) ? answer : {}
  return {
    processId: typeof processId === 'string' ? processId : '',
    events: Array.isArray(events) ? events.filter(isRecord).map(toOfflineEvent) : [],
  }
}

/** Records that a portal lists at once. */
const LISTED = 50

/** Process ids of readers that have not confirmed yet, each once. The list is read on only when those before it were dealt with: it is shorter then. */
export async function* findUnconfirmed(call: CallRest, source: Record<string, unknown>): AsyncGenerator<string> {
  const told = new Set<string>()
  let last: unknown = 0
  for (let isLast = false; !isLast;) {
    // The portal refuses `!` in filters. A process id is made of digits and small letters.
    const answer = await call('event.offline.list', { filter: { '>=PROCESS_ID': '0', '>ID': last }, order: { ID: 'ASC' }, ...source })
    const records = Array.isArray(answer) ? answer.filter(isRecord) : []
    for (const { PROCESS_ID: id } of records) {
      if (typeof id !== 'string' || id === '' || told.has(id)) continue
      told.add(id)
      yield id
    }
    isLast = records.length < LISTED
    last = records.at(-1)?.ID
  }
}

function toOfflineEvent({ EVENT_NAME, EVENT_DATA, MESSAGE_ID, TIMESTAMP_X }: Record<string, unknown>): OfflineEvent {
  const data = isRecord(EVENT_DATA) ? EVENT_DATA : {}
  return { name: String(EVENT_NAME).toUpperCase(), data, id: objectIdOf(data), messageId: String(MESSAGE_ID), at: String(TIMESTAMP_X) }
}
