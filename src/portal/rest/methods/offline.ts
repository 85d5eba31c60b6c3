import type { OfflineQuery, OfflineQueue, OfflineRecord } from '../../events/offline-queue'
import { param } from '../params'
import { asNumber, asRecord, asText } from '../../untrusted'
import type { RestCaller, RestMethod, RestParams } from '../types'
import { RestError, restPage } from '../types'
import { assertAdmin, assertApplication } from './access'

const PAGE = 50

/** By what the platform lets one filter, and how. */
const FIELDS = ['ID', 'TIMESTAMP_X', 'EVENT_NAME', 'MESSAGE_ID']
const OPERATIONS = ['', '=', '>', '<', '>=', '<=', '@', '%']

/** `event.offline.get`, `.list`, `.clear`, `.error`: for an application, in an administrator's name. */
export function offlineMethods(queue: OfflineQueue): [string, RestMethod][] {
  function assertMay(caller: RestCaller): void {
    assertApplication(caller)
    assertAdmin(caller)
  }

  return [
    ['event.offline.get', (params, caller) => {
      assertMay(caller)
      const limit = asNumber(param(params, 'limit'))
      const given = asText(param(params, 'process_id')) ?? ''
      const withErrors = isOne(param(params, 'error'), false)
      const records = queue.list(queryOf(params, caller.connector, FIELDS, { TIMESTAMP_X: 'ASC' }))
        .filter(record => record.PROCESS_ID === given && record.ERROR === (withErrors ? '1' : '0'))
        .slice(0, limit > 0 ? Math.trunc(limit) : PAGE)
      const events = records.map(({ ID, TIMESTAMP_X, EVENT_NAME, EVENT_DATA, EVENT_ADDITIONAL, MESSAGE_ID }) => ({ ID, TIMESTAMP_X, EVENT_NAME, EVENT_DATA, EVENT_ADDITIONAL, MESSAGE_ID }))
      if (isOne(param(params, 'clear'), true)) {
        queue.take(records)
        return { process_id: given || null, events }
      }
      return { process_id: given || queue.reserve(records), events }
    }],
    ['event.offline.list', (params, caller) => {
      assertMay(caller)
      const all = queue.list(queryOf(params, caller.connector, [...FIELDS, 'PROCESS_ID', 'ERROR'], { ID: 'ASC' }))
      const start = Math.max(0, Math.trunc(asNumber(param(params, 'start'))) || 0)
      const next = start + PAGE
      const page = all.slice(start, next).map(shown)
      return restPage(page, { total: all.length, ...(next < all.length ? { next } : {}) })
    }],
    ['event.offline.clear', (params, caller) => {
      assertMay(caller)
      queue.confirm(processOf(params), namedIn(params))
      return true
    }],
    ['event.offline.error', (params, caller) => {
      assertMay(caller)
      const processId = processOf(params)
      const messages = texts(asRecord(param(params, 'message_id')))
      if (!messages) throw new RestError('ERROR_ARGUMENT', 'Value must be array of MESSAGE_ID values')
      queue.fail(caller.connector, processId, messages)
      return true
    }],
  ]
}

function queryOf(params: RestParams, connector: string, fields: readonly string[], order: Record<string, unknown>): OfflineQuery {
  const filter = asRecord(param(params, 'filter')) ?? {}
  for (const key of Object.keys(filter)) {
    const field = key.replace(/^[^a-z]+/i, '')
    const operation = key.slice(0, key.length - field.length)
    if (!OPERATIONS.includes(operation)) throw new RestError('ERROR_ARGUMENT', `Filter operation not allowed: ${operation}`)
    if (!fields.includes(field.toUpperCase())) throw new RestError('ERROR_ARGUMENT', `Filter field not allowed: ${field}`)
  }
  return { connector, filter, order: asRecord(param(params, 'order')) ?? order }
}

function processOf(params: RestParams): string {
  const processId = asText(param(params, 'process_id'))
  if (!processId) throw new RestError('ERROR_ARGUMENT', 'Argument \'process_id\' is null or empty')
  return processId
}

/** Which records of the process are meant: those with these ids, else those with these message ids, else all. */
function namedIn(params: RestParams): (record: OfflineRecord) => boolean {
  const ids = texts(param(params, 'id'))
  const messages = texts(param(params, 'message_id'))
  if (ids) return ({ ID }) => ids.has(ID)
  return messages ? ({ MESSAGE_ID }) => messages.has(MESSAGE_ID) : () => true
}

function texts(value: unknown): Set<string> | null {
  if (value === undefined || value === null) return null
  return new Set(Object.values(asRecord(value) ?? [value]).flatMap(one => asText(one) ?? []))
}

function isOne(value: unknown, absent: boolean): boolean {
  return value === undefined || value === null ? absent : [1, '1', true].includes(value as number)
}

function shown({ ID, TIMESTAMP_X, EVENT_NAME, EVENT_DATA, EVENT_ADDITIONAL, MESSAGE_ID, PROCESS_ID, ERROR }: OfflineRecord): OfflineRecord {
  return { ID, TIMESTAMP_X, EVENT_NAME, EVENT_DATA, EVENT_ADDITIONAL, MESSAGE_ID, PROCESS_ID, ERROR }
}
