import { isRecord } from '../../utils/is-record'
import type { CallRest } from '../../rest/send-event'
import { objectIdOf } from '../events/object-id'
import type { OfflineEvent } from './types'

/** Events that were taken for a reader, who has to confirm them by its process id. */
export interface OfflinePage {
  readonly processId: string
  readonly events: readonly OfflineEvent[]
}

/** Takes a page of the queue by a query of `event.offline.get`; the portal keeps the events until they are confirmed. */
export async function readPage(call: CallRest, query: Record<string, unknown>): Promise<OfflinePage> {
  const answer = await call('event.offline.get', { clear: 0, ...query })
  const { process_id: processId, events } = isRecord(answer) ? answer : {}
  return {
    processId: typeof processId === 'string' ? processId : '',
    events: Array.isArray(events) ? events.filter(isRecord).map(toOfflineEvent) : [],
  }
}

/** Process ids of readers that have not confirmed yet. */
export async function findUnconfirmed(call: CallRest, connector: Record<string, unknown>): Promise<string[]> {
  const answer = await call('event.offline.list', { filter: { '!PROCESS_ID': '' }, ...connector })
  const records = Array.isArray(answer) ? answer.filter(isRecord) : []
  return [...new Set(records.map(record => record.PROCESS_ID).filter(id => typeof id === 'string' && id !== ''))] as string[]
}

function toOfflineEvent({ EVENT_NAME, EVENT_DATA, MESSAGE_ID, TIMESTAMP_X }: Record<string, unknown>): OfflineEvent {
  const data = isRecord(EVENT_DATA) ? EVENT_DATA : {}
  return { name: String(EVENT_NAME).toUpperCase(), data, id: objectIdOf(data), messageId: String(MESSAGE_ID), at: String(TIMESTAMP_X) }
}
