import type { RecordedEntry } from './entries'

/** How fast a recording is played. */
export interface PlayOptions {
  /** 1 = in its own time, 10 = ten times as fast, `Infinity` = at once. @default 1 */
  speed?: number
}

/** Plays a recording: in its own time, faster, or step by step. */
export interface RecordingPlayer {
  /** What is still to come, in order. */
  readonly left: readonly RecordedEntry[]
  /** Plays the next entry, and answers it; `null` where none is left. */
  next: () => RecordedEntry | null
  /** Plays what is left. Resolves once it is through, or was stopped; rejects where an entry cannot be played, and goes on after it when called again. */
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
    play({ speed = 1 } = {}) {
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
        const step = () => {
          const entry = entries[at]
          // What is played may have stopped it.
          if (isOver) return
          if (!entry) return end()
          const wait = Math.max(0, entry.at - clock) / speed
          timer = setTimeout(() => {
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
          }, wait)
        }
        stopPlaying = end
        step()
      })
    },
    stop: () => stopPlaying(),
  }
}
