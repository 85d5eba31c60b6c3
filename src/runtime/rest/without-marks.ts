import { isRecord } from '../utils/is-record'

/** What the keys begin with that this module adds to params on the wire: `own-mark.ts` and `event-id.ts` have them. */
const PREFIX = '__b24Pull'

/** Params as the app gave them; anything else is returned as it is. */
export function withoutMarks<T>(params: T): T {
  return isRecord(params) ? Object.fromEntries(Object.entries(params).filter(([name]) => !name.startsWith(PREFIX))) as T : params
}
