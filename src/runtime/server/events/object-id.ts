import { isRecord } from '../../utils/is-record'

/** The object that an event is about: CRM says `FIELDS`; tasks say what was before and after. */
export function objectIdOf(data: Readonly<Record<string, unknown>>): number | null {
  for (const name of ['FIELDS', 'FIELDS_AFTER', 'FIELDS_BEFORE']) {
    const fields = data[name]
    const id = isRecord(fields) ? toId(fields.ID) : null
    if (id !== null) return id
  }
  return null
}

/** Forms write an id as a text, JSON as either. */
export function toId(value: unknown): number | null {
  const id = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0
  return Number.isSafeInteger(id) && id > 0 ? id : null
}
