import * as v from 'valibot'
import { isRecord } from '../runtime/utils/is-record'

/** Schema of a plain object with any values; unlike valibot's own record it does not take a list for one. */
export function plainObject(message: string) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, message),
    v.transform(value => ({ ...value })),
  )
}
