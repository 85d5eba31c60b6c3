import { createHash } from 'node:crypto'
import { randomHex } from '../security/random'
import { asText } from '../untrusted'
import { isoDate } from '../rest/time'

/** A record of the queue, as `event.offline.list` shows it. */
export interface OfflineRecord {
  ID: string
  TIMESTAMP_X: string
  EVENT_NAME: string
  EVENT_DATA: unknown
  EVENT_ADDITIONAL: unknown
  MESSAGE_ID: string
  /** Of the reader that has taken it without confirming yet; empty = free. */
  PROCESS_ID: string
  ERROR: '0' | '1'
}

export interface OfflineQuery {
  /** Source key; records of other sources are not seen. */
  connector: string
  filter: Record<string, unknown>
  order: Record<string, unknown>
}

export interface OfflineQueue {
  /** Records in the order of the query. */
  list: (query: OfflineQuery) => OfflineRecord[]
  /** Adds an event; of one object only the newest state stays, unless a reader has taken it. What is marked stays so, as on the platform. */
  add: (connector: string, event: string, data: unknown, additional: unknown) => void
  /** Removes records and answers them. */
  take: (records: readonly OfflineRecord[]) => void
  /** Marks records as taken by a reader who will confirm; answers the reader's id. */
  reserve: (records: readonly OfflineRecord[]) => string
  /** Removes what a reader has taken, or those of it that are named. */
  confirm: (processId: string, isNamed: (record: OfflineRecord) => boolean) => void
  /** Marks what a reader could not handle, and sets it free. What has come of the same since goes: later changes are merged into the marked one. */
  fail: (connector: string, processId: string, messages: ReadonlySet<string>) => void
}

/** How many records wait before the oldest go. */
const LIMIT = 10_000

/** The queue of offline events of one portal. */
export function createOfflineQueue(): OfflineQueue {
  let records: (OfflineRecord & { connector: string, at: number })[] = []
  let lastId = 0

  const ofReader = (processId: string, isNamed: (record: OfflineRecord) => boolean) => records
    .filter(record => processId !== '' && record.PROCESS_ID === processId && isNamed(record))

  return {
    list({ connector, filter, order }) {
      const matches = Object.entries(filter).map(([key, value]) => conditionOf(key, value))
      const sorts = Object.entries(order)
      return records
        .filter(record => record.connector === connector && matches.every(isMatch => isMatch(record)))
        .sort((a, b) => {
          for (const [field, direction] of sorts) {
            const difference = compare(valueOf(a, field), valueOf(b, field))
            if (difference !== 0) return asText(direction)?.toUpperCase() === 'DESC' ? -difference : difference
          }
          return Number(a.ID) - Number(b.ID)
        })
    },
    add(connector, event, data, additional) {
      const message = createHash('md5').update(`${event} ${JSON.stringify(data)}`).digest('hex')
      const now = Date.now()
      const same = records.find(record => record.MESSAGE_ID === message && record.connector === connector && record.PROCESS_ID === '')
      const fresh = { TIMESTAMP_X: isoDate(now), at: now, EVENT_DATA: data, EVENT_ADDITIONAL: additional }
      if (same) Object.assign(same, fresh)
      else records.push({ ...fresh, connector, ID: String(++lastId), EVENT_NAME: event, MESSAGE_ID: message, PROCESS_ID: '', ERROR: '0' })
      if (records.length > LIMIT) records = records.slice(-LIMIT)
    },
    take(taken) {
      const ids = new Set(taken.map(({ ID }) => ID))
      records = records.filter(({ ID }) => !ids.has(ID))
    },
    reserve(taken) {
      const processId = randomHex()
      const ids = new Set(taken.map(({ ID }) => ID))
      for (const record of records) if (ids.has(record.ID)) record.PROCESS_ID = processId
      return processId
    },
    confirm(processId, isNamed) {
      const done = new Set(ofReader(processId, isNamed))
      records = records.filter(record => !done.has(record))
    },
    fail(connector, processId, messages) {
      const isMeant = (record: typeof records[number]) => record.connector === connector && record.ERROR === '0' && messages.has(record.MESSAGE_ID)
      records = records.filter(record => !isMeant(record) || record.PROCESS_ID === processId)
      for (const record of records) if (isMeant(record)) Object.assign(record, { ERROR: '1', PROCESS_ID: '' })
    },
  }
}

const FIELDS = ['ID', 'TIMESTAMP_X', 'EVENT_NAME', 'MESSAGE_ID', 'PROCESS_ID', 'ERROR'] as const

function valueOf(record: OfflineRecord, field: string): string {
  const known = FIELDS.find(name => name === field.toUpperCase())
  return known ? record[known] : ''
}

/** Numbers as numbers, everything else as text. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text === '' ? Number.NaN : Number(text)) as [number, number]
  if (Number.isFinite(left) && Number.isFinite(right)) return left - right
  return a < b ? -1 : a > b ? 1 : 0
}

/** A condition as the platform writes it: the operation before the field's name, such as `>=ID`. */
function conditionOf(key: string, wanted: unknown): (record: OfflineRecord) => boolean {
  const [, operation = '', field = ''] = /^([^A-Z]{0,2})(.*)$/is.exec(key) ?? []
  const values = (Array.isArray(wanted) ? wanted : [wanted]).map(value => asText(value) ?? '')
  const isEqual = (record: OfflineRecord) => values.some(value => compare(valueOf(record, field), value) === 0)
  const order = (record: OfflineRecord) => compare(valueOf(record, field), values[0] ?? '')
  switch (operation) {
    case '%': return record => values.some(value => valueOf(record, field).toLowerCase().includes(value.toLowerCase()))
    case '>': return record => order(record) > 0
    case '>=': return record => order(record) >= 0
    case '<': return record => order(record) < 0
    case '<=': return record => order(record) <= 0
    default: return isEqual
  }
}
