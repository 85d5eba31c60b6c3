import type { PullPresence, Unsubscribe } from '../../../types'

type Tell = (presence: PullPresence) => void

/** Who in this frame watches which users. */
export interface UserWatches {
  watch: (userId: number, tell: Tell) => Unsubscribe
  /** Ids of those who are watched. */
  users: () => number[]
  /** Ids of those of them whose watchers wait for a first answer; asked again, they do not. */
  takeUntold: () => number[]
  /** From now on all wait for a first answer, as from another server. */
  askAnew: () => void
  tell: (userId: number, presence: PullPresence) => void
}

/** @param onChange told once of all that changes in one tick */
export function createUserWatches(onChange: () => void): UserWatches {
  const watches = new Map<number, Set<{ tell: Tell }>>()
  const untold = new Set<number>()
  let isDue = false

  function requestChange(): void {
    if (isDue) return
    isDue = true
    queueMicrotask(() => {
      isDue = false
      onChange()
    })
  }

  return {
    watch(userId, tell) {
      // The same function twice is two watches.
      const watch = { tell }
      watches.set(userId, (watches.get(userId) ?? new Set()).add(watch))
      untold.add(userId)
      requestChange()
      return () => {
        const others = watches.get(userId)
        if (!others?.delete(watch) || others.size) return
        watches.delete(userId)
        requestChange()
      }
    },
    users: () => [...watches.keys()],
    takeUntold() {
      const taken = [...untold].filter(userId => watches.has(userId))
      untold.clear()
      return taken
    },
    askAnew() {
      for (const userId of watches.keys()) untold.add(userId)
      if (watches.size) requestChange()
    },
    tell(userId, presence) {
      for (const { tell } of [...watches.get(userId) ?? []]) tell(presence)
    },
  }
}
