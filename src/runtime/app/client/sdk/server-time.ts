import { epochNow } from '../../../utils/clock'
import type { Clock } from '../../../utils/clock'

/**
 * The push server's time. What the server says of times (when a channel ends, when a message was sent) is compared with this:
 * the machine's own time may be a day off.
 */
export interface ServerTime {
  /** ms since epoch, as far as is known; the machine's own before the server has said anything. */
  now: () => number
  /** What the server's time is now; ms since epoch. */
  set: (now: number) => void
}

export function createServerTime(clock: Clock): ServerTime {
  let told: { time: number, at: number } | null = null
  return {
    now: () => told ? told.time + clock.now() - told.at : epochNow(),
    set: time => void (told = { time, at: clock.now() }),
  }
}
