import { createClock } from '../../../utils/clock'

const BEAT = 15_000

/** ms by which the clock must have jumped for the machine to have slept: a hidden page's beat may be that late by itself. */
export const SLEPT = 60_000

/** Notices that the machine slept: its beat came much later than due. A clock that was put ahead looks the same. */
export interface ClockWatch {
  /** ms by which the clock has run on without the page. */
  readonly jump: number
  stop: () => void
}

/** @param onSlept told when the beat goes on after a sleep, of which the browser itself may say nothing */
export function watchClock(onSlept: () => void): ClockWatch {
  const clock = createClock()
  let beatAt = clock.now()
  let jumped = 0
  const late = () => Math.max(0, clock.now() - beatAt - BEAT)
  const timer = setInterval(() => {
    const jump = late()
    jumped = Math.max(jumped, jump)
    beatAt = clock.now()
    if (jump > SLEPT) onSlept()
  }, BEAT)
  return {
    get jump() {
      return Math.max(jumped, late())
    },
    stop: () => clearInterval(timer),
  }
}
