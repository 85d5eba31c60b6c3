import { argumentError } from '../utils/argument-error'
import type { RecordedEntry } from './entries'

/** ms; a timer that is to wait longer goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** How fast a recording is played. */
export interface PlayOptions {
  /** Over 0: 1 = in its own time, 10 = ten times as fast, `Infinity` = at once. @default 1 */
  speed?: number
}

/** Plays a recording: in its own time, faster, or step by step. */
export interface RecordingPlayer {
  /** What is still to come, in order. */
  readonly left: readonly RecordedEntry[]
  /** Plays the next entry, and answers it; `null` where none is left. */
  next: () => RecordedEntry | null
  /** Plays what is left. Resolves once it is through, or was stopped; rejects where an entry cannot be played, and goes on after it when called again; rejects a `speed` that is not over 0. */
  play: (options?: PlayOptions) => Promise<void>
  /** Stops playing; `play()` and `next()` go on from there. */
  stop: () => void
}

/** A player of entries, for each of which `act` does what it says. */
export function createRecordingPlayer(entries: readonly RecordedEntry[], act: (entry: RecordedEntry) => void): RecordingPlayer {
  let at = 0
  let stopPlaying = () => {}

  function next(): RecordedEntry | null {
    const entry = entries[at]
    if (!entry) return null
    at++
    act(entry)
    return entry
  }

  return {
    get left() {
      return entries.slice(at)
    },
    next,
    async play({ speed = 1 } = {}) {
      if (!(speed > 0)) throw argumentError('The option `speed` of play()', speed, 'a number over 0, or Infinity')
      stopPlaying()
      return new Promise((resolve, reject) => {
        let timer: ReturnType<typeof setTimeout> | undefined
        let clock = entries[at - 1]?.at ?? 0
        let isOver = false
        const end = () => {
          isOver = true
          clearTimeout(timer)
          resolve()
        }
        const after = (wait: number, run: () => void) => {
          timer = setTimeout(() => wait > LONGEST_TIMER ? after(wait - LONGEST_TIMER, run) : run(), Math.min(wait, LONGEST_TIMER))
        }
        const step = () => {
          const entry = entries[at]
          // What is played may have stopped it.
          if (isOver) return
          if (!entry) return end()
          after(Math.max(0, entry.at - clock) / speed, () => {
            clock = entry.at
            try {
              // What came within one moment is played within one: a timer each would pull it apart.
              do next()
              while (!isOver && entries[at] && (entries[at]!.at <= clock || speed === Infinity))
            }
            catch (error) {
              // Of a timer, nobody could catch it.
              return reject(error)
            }
            step()
          })
        }
        stopPlaying = end
        step()
      })
    },
    stop: () => stopPlaying(),
  }
}
