import { epochNow } from '../../../utils/clock'
import { createClockTimer } from '../../../utils/clock-timer'

/** ms; a leader that runs would have begun by then. */
const GRACE = 2_000

/** Wakes a leader whose own timer stands still, because its page is hidden: it hears the channel all the same. */
export interface LateRetry {
  /** The leader wants to try again then; ms since epoch, `null` where nothing is waiting. */
  watch: (nextRetryAt: number | null) => void
  stop: () => void
}

export function watchLateRetry(wake: () => void): LateRetry {
  const timer = createClockTimer(wake)
  return {
    watch(nextRetryAt) {
      if (nextRetryAt === null) timer.clear()
      else timer.set(Math.max(0, nextRetryAt - epochNow()) + GRACE)
    },
    stop: timer.clear,
  }
}
