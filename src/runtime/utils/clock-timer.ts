import { createClock } from './clock'

/** ms; how far a wait may run on when timers stood still. */
const BEAT = 15_000

/** A timer that goes by the clock that never goes back and counts sleep: the browser's timers stand still while a machine sleeps, and late ones are due at once. */
export interface ClockTimer {
  readonly isSet: boolean
  /** Waits for this many ms from now, in place of what it was waiting for. */
  set: (delay: number) => void
  /** Looks at the clock now instead of at the next beat. */
  check: () => void
  clear: () => void
}

export function createClockTimer(due: () => void): ClockTimer {
  const clock = createClock()
  let dueAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function check(): void {
    clearTimeout(timer)
    if (dueAt === null) return
    const now = clock.now()
    if (now < dueAt) {
      timer = setTimeout(check, Math.min(dueAt - now, BEAT))
      return
    }
    dueAt = null
    due()
  }

  return {
    get isSet() {
      return dueAt !== null
    },
    set(delay) {
      dueAt = clock.now() + delay
      clearTimeout(timer)
      timer = setTimeout(check, Math.min(delay, BEAT))
    },
    check,
    clear() {
      clearTimeout(timer)
      dueAt = null
    },
  }
}
