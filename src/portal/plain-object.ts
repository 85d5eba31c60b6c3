import * as v from 'valibot'

/** Schema of a plain object with any values; unlike valibot's own record it does not take a list for one. */
export function plainObject(message: string) {
  return v.pipe(
    v.custom<Record<string, unknown>>(value => typeof value === 'object' && value !== null && !Array.isArray(value), message),
    v.transform(value => ({ ...value })),
  )
}
