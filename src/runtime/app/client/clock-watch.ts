const BEAT = 15_000

/** Notices that the machine slept: its beat came much later than due. Judged by the clock, not by counting. */
export interface ClockWatch {
  /** ms by which the clock has run on without the page. */
  readonly jump: number
  stop: () => void
}

export function watchClock(): ClockWatch {
  let beatAt = Date.now()
  let jumped = 0
  const late = () => Math.max(0, Date.now() - beatAt - BEAT)
  const timer = setInterval(() => {
    jumped = Math.max(jumped, late())
    beatAt = Date.now()
  }, BEAT)
  return {
    get jump() {
      return Math.max(jumped, late())
    },
    stop: () => clearInterval(timer),
  }
}
