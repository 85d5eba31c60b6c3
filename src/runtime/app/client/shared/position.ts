import type { PullGap } from '../../../types'
import { isSameIdentity } from '../sdk/identity'
import type { Place } from '../sdk/place'
import type { RecentIds } from '../wire/recent-ids'

/** Why this frame misses something, if it does. */
export type Missed = PullGap['cause'] | null

/** What a frame does about a message of the leader. */
export interface Taken {
  /** It has not been here before. */
  isNew: boolean
  missed: Missed
}

/**
 * Where a frame stands in what the push server sends, through all its roles and under every leader: one window of message ids, the
 * last id of them, and for messages without one the leader's own count. Pure.
 */
export interface Position {
  /** What the next leader has to know; `null` while nobody has been connected. */
  readonly place: Place | null
  /** Whose count this is; `null` while nobody's. */
  readonly epoch: string | null
  /** Messages of this epoch. */
  readonly n: number
  /** Ids of the last messages, for a newcomer. */
  readonly recent: string[]
  /** This frame leads: it counts. */
  begin: (epoch: string) => void
  /** A message has come to this frame as the leader. Answers its number. */
  count: (id: string | null) => number
  /** The leader's connection stands here. */
  moveTo: (place: Place) => void
  /** The server's last sign of life; ms since epoch. */
  touch: (from: number) => void
  /** Somebody else leads, and goes on after this message. */
  takeLead: (epoch: string, lastId: string | null) => Missed
  /** So says the leader of itself. A frame that knows nothing yet takes its place over. */
  takeState: (epoch: string, n: number, place: Place | null, recent: readonly string[]) => Missed
  takeMessage: (epoch: string, n: number, id: string | null, change: Pick<Place, 'tag' | 'time' | 'from'>) => Taken
  /** It is known that messages were lost: what was waited for will not come. */
  giveUp: () => void
  /** This frame hears nothing for a while. */
  leave: () => void
}

/** More messages than a frame that is to lead can be behind. */
const RECENT = 50

/** @param ids the window, which the connection of this frame keeps as well */
export function createPosition(ids: RecentIds): Position {
  let place: Place | null = null
  let epoch: string | null = null
  let n = 0
  /** The leader is behind this frame: all is known up to and with this message. */
  let passing: string | null = null

  function begin(next: string | null): void {
    epoch = next
    n = 0
    passing = null
  }

  /** The leader goes on after this message. */
  function compare(lastId: string | null): Missed {
    if (!place || lastId === place.lastId) return null
    if (lastId === null || !ids.has(lastId)) return 'handed-over'
    passing = place.lastId
    return null
  }

  function changeOf(next: Place | null): Missed {
    if (!place || !next || isSameIdentity(place.identity, next.identity)) return null
    return place.identity.server === next.identity.server ? 'channel-changed' : 'server-changed'
  }

  /** Ids of what was no message move the leader's connection on, but no other frame hears of them: within one identity, its own id counts. */
  function moveTo(next: Place): void {
    const isSame = place && isSameIdentity(place.identity, next.identity)
    place = { ...next, lastId: isSame ? place?.lastId ?? next.lastId : next.lastId }
  }

  return {
    get place() {
      return place
    },
    get epoch() {
      return epoch
    },
    get n() {
      return n
    },
    get recent() {
      return ids.last(RECENT)
    },
    begin,
    count(id) {
      if (place && id !== null) place = { ...place, lastId: id }
      return ++n
    },
    moveTo,
    touch(from) {
      if (place) place = { ...place, from }
    },
    takeLead(next, lastId) {
      begin(next)
      return compare(lastId)
    },
    takeState(of, count, next, recent) {
      // What was before its time a newcomer is not to hear from the next leader either.
      if (!place) for (const id of recent) ids.add(id)
      const isFirst = of !== epoch
      if (isFirst) begin(of)
      // Of another identity within an epoch its leader tells itself.
      const missed = isFirst ? changeOf(next) ?? compare(next?.lastId ?? null) : count > n ? 'handed-over' : null
      n = Math.max(n, count)
      if (missed && place) place = { ...place, lastId: next?.lastId ?? null }
      if (next) moveTo(next)
      return missed
    },
    takeMessage(of, number, id, change) {
      if (of !== epoch || number <= n) return { isNew: false, missed: null }
      const isJump = number > n + 1
      const wasPassing = passing !== null
      n = number
      const isNew = id === null ? !wasPassing : ids.add(id)
      if (id !== null && (isNew || id === passing)) passing = null
      if (isNew && place) place = { ...place, ...change, lastId: id ?? place.lastId }
      return { isNew, missed: isJump && (isNew || !wasPassing) ? 'handed-over' : null }
    },
    giveUp() {
      passing = null
    },
    leave: () => begin(null),
  }
}
