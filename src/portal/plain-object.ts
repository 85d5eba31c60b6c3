import * as v from 'valibot'
import { whyUnwritable } from './json'
import { isRecord } from '../runtime/utils/is-record'

/** Schema of a plain object with any values that JSON can hold; unlike valibot's own record it does not take a list for one. */
export function plainObject(message: string) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, message),
    v.check(value => whyUnwritable(value) === null, `${message} that JSON can hold`),
    v.transform(value => ({ ...value })),
  )
}
