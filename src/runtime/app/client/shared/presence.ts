import type { PullPresence, Unsubscribe } from '../../../types'
import { createUserWatches } from '../sdk/user-watches'

type Tell = (presence: PullPresence) => void

/** What can be asked to watch a user: the connection of this frame, or the leader's. */
export type WatchSource = (userId: number, tell: Tell) => Unsubscribe

/** Who in this frame watches whom, whichever connection it is asked of. */
export interface Watches {
  watch: WatchSource
  /** From now on they are asked of another one. */
  moveTo: (source: WatchSource) => void
}

export function createWatches(source: WatchSource): Watches {
  const watches = new Set<{ userId: number, tell: Tell, end: Unsubscribe }>()
  return {
    watch(userId, tell) {
      const watch = { userId, tell, end: source(userId, tell) }
      watches.add(watch)
      return () => {
        if (watches.delete(watch)) watch.end()
      }
    },
    moveTo(next) {
      source = next
      for (const watch of watches) {
        watch.end()
        watch.end = next(watch.userId, watch.tell)
      }
    },
  }
}

/** The watches of a follower, of which the leader is told. */
export interface RemoteWatches {
  watch: WatchSource
  /** There is a new leader, which has to be told from the beginning. Before the first one nobody is told. */
  tellAll: () => void
  /** The leader has an answer. */
  seen: (userId: number, presence: PullPresence) => void
  /** A leader that stays must not ask on for whom nobody watches. */
  end: () => void
}

/** @param post tells the leader the whole set of users, and those of them that are to be asked for anew; changes of one tick go out together */
export function createRemoteWatches(post: (users: number[], fresh: number[]) => void): RemoteWatches {
  let isHeard = false
  const watches = createUserWatches(() => {
    if (isHeard) post(watches.users(), watches.takeUntold())
  })

  return {
    watch: watches.watch,
    tellAll() {
      isHeard = true
      watches.askAnew()
    },
    seen: watches.tell,
    end() {
      if (isHeard && watches.users().length) post([], [])
      isHeard = false
    },
  }
}

/** More frames than a browser has open of one app. Of a frame that died without a word its watches stay until others push them out. */
const MAX_FRAMES = 100

/** The watches of all followers, at the leader: the push server is asked for the union. */
export interface PresenceRelay {
  set: (from: string, users: readonly number[], fresh: readonly number[]) => void
  end: () => void
}

/**
 * @param source the leader's own connection
 * @param tell answers the frame that asked, and no other
 */
export function createPresenceRelay(source: WatchSource, tell: (to: string, userId: number, presence: PullPresence) => void): PresenceRelay {
  const frames = new Map<string, Map<number, Unsubscribe>>()

  function drop(from: string): void {
    for (const end of frames.get(from)?.values() ?? []) end()
    frames.delete(from)
  }

  return {
    set(from, users, fresh) {
      const watched = frames.get(from) ?? new Map<number, Unsubscribe>()
      const wanted = new Set(users)
      const again = new Set(fresh)
      // First the new ones: a user whom nobody watches for a moment would be asked for anew.
      const ended = [...watched].filter(([userId]) => !wanted.has(userId) || again.has(userId))
      for (const userId of wanted) {
        if (!watched.has(userId) || again.has(userId)) watched.set(userId, source(userId, presence => tell(from, userId, presence)))
      }
      for (const [userId, end] of ended) {
        if (!wanted.has(userId)) watched.delete(userId)
        end()
      }
      // The last to speak stays longest.
      frames.delete(from)
      if (watched.size) frames.set(from, watched)
      if (frames.size > MAX_FRAMES) drop(frames.keys().next().value as string)
    },
    end() {
      for (const from of [...frames.keys()]) drop(from)
    },
  }
}
