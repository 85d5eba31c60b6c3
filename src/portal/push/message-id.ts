const SHAPE = /^[0-9a-f]{16}$/

/**
 * Ids that grow with time, as 16 hexadecimal digits: they sort as text, fit the bytes of generation 4, and an id from
 * before a restart of the portal is still older than every new one.
 */
export function createMessageIds(): () => string {
  let last = 0
  // Microseconds, as far as a number of 53 bits carries: until the year 2255.
  return () => {
    last = Math.max(Date.now() * 1_000, last + 1)
    return last.toString(16).padStart(16, '0')
  }
}

/** Whether a `mid` from outside can be one of ours. */
export function isMessageId(mid: unknown): mid is string {
  return typeof mid === 'string' && SHAPE.test(mid)
}
