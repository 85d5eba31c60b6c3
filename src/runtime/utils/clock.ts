/** ms by which the machine's time may differ from what a page has counted before that means anything: rounding, a correction by NTP. */
const TOLERANCE = 1_000

/**
 * The clock by which everything waits: ms since some moment. It never goes back, and it counts sleep.
 *
 * The machine's time (`Date`) may be put back or be a day off; the page's own count (`performance.now()`) stands still on some
 * platforms while the machine sleeps. So the page's count is what goes, and where the machine's time has run on ahead of it, that was
 * sleep. A time that somebody puts ahead cannot be told from sleep.
 *
 * Two clocks count from moments of their own: what one has said is compared with what that very one says later.
 */
export interface Clock {
  now: () => number
  /** A moment of this clock as the outside is told it: ms since epoch. */
  toEpoch: (moment: number) => number
}

export function createClock(): Clock {
  const ahead = () => Date.now() - performance.now()
  let usual = ahead()
  let slept = 0

  function now(): number {
    const jump = ahead() - usual
    if (Math.abs(jump) > TOLERANCE) {
      usual += jump
      slept += Math.max(0, jump)
    }
    return performance.now() + slept
  }

  return {
    now,
    toEpoch: moment => Math.round(Date.now() - now() + moment),
  }
}

/** The machine's time in ms since epoch, for telling it to the outside. Nothing waits by it. */
export const epochNow = (): number => Date.now()
