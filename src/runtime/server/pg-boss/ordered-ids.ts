import { randomBytes } from 'node:crypto'

/** Ids of version 7, each behind the one before: jobs that are written together are taken in the order of their ids. */
export function createOrderedIds(): () => string {
  let time = 0
  let count = 0
  return () => {
    const now = Date.now()
    if (now > time) [time, count] = [now, 0]
    // More than 4,096 in a millisecond, or a clock that was put back, borrow from the time to come.
    else if (++count > 0xFFF) [time, count] = [time + 1, 0]
    const random = randomBytes(8)
    random[0] = random[0]! & 0x3F | 0x80
    const hex = time.toString(16).padStart(12, '0') + (0x7000 + count).toString(16) + random.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}
