import { createClockTimer } from '../../../utils/clock-timer'

/** ms without a word of the leader before it is asked. */
const SILENCE = 15_000
/** ms it has to answer, and how often it is asked. */
const ANSWER_LIMIT = 3_000
const ASKS = 2
/** ms; push servers of version 5 say something every 20 s, so a leader that has heard nothing for longer hears nothing any more. */
const SOCKET_SILENCE = 45_000
/** ms at most, at random, so that not all followers take the lock away at once. */
const SPREAD = 1_000
/** ms */
const BETWEEN_THEFTS = 30_000

/** Watches whether the leader is alive. Only while this page is visible: the timers of a hidden one tell nothing. */
export interface SilenceWatch {
  /** The leader has said something. */
  heard: () => void
  /** It has answered, and says that its push server has been silent for so many ms. */
  answered: (silence: number) => void
  stop: () => void
}

export interface SilenceWatchOptions {
  /** Asks the leader whether it is alive. */
  ask: () => void
  /** Told that it is not. The watch begins anew, then. */
  onDead: () => void
  now: () => number
  random: () => number
}

export function watchSilence({ ask, onDead, now, random }: SilenceWatchOptions): SilenceWatch {
  let heardAt = now()
  let asks = 0
  let isDead = false
  const timer = createClockTimer(check)

  function check(): void {
    if (document.visibilityState !== 'visible') return
    const left = SILENCE - (now() - heardAt)
    if (isDead) {
      heard()
      timer.set(BETWEEN_THEFTS)
      return onDead()
    }
    if (left > 0) {
      asks = 0
      return timer.set(left)
    }
    if (asks === ASKS) return die()
    asks++
    timer.set(ANSWER_LIMIT)
    ask()
  }

  function die(): void {
    isDead = true
    timer.set(SPREAD * random())
  }

  function heard(): void {
    heardAt = now()
    asks = 0
    isDead = false
  }

  /** While hidden it was not watched: what is overdue is found out at once. */
  function onVisible(): void {
    if (!timer.isSet) check()
  }

  timer.set(SILENCE)
  document.addEventListener('visibilitychange', onVisible)
  return {
    heard,
    answered(silence) {
      heard()
      if (silence > SOCKET_SILENCE) die()
    },
    stop() {
      timer.clear()
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}
