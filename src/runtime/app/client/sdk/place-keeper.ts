import type { PullGap } from '../../../types'
import type { Clock } from '../../../utils/clock'
import { ageOf } from '../../../utils/outlived-time'
import type { PullConfig, SdkPullClient } from './pull-client'
import { judgeContinuity } from './continuity'
import { identityOf, isSameIdentity } from './identity'
import type { ConnectionIdentity } from './identity'
import type { Place } from './place'
import type { readSavedSession } from './saved-session'

type Standing = Omit<Place, 'from'>

/** Knows where a connection stands in what the push server sends, from one connection to the next. */
export interface PlaceKeeper {
  /** Where the connection stands now, or stood when it ended; `null` before the first. */
  current: (client: SdkPullClient | null) => Place | null
  /** Goes on from there, wherever another connection has got to. */
  startAt: (place: Place) => void
  /** Goes on from where the page stood before it was reloaded, as far as that is known. */
  takeOver: (saved: ReturnType<typeof readSavedSession>) => void
  /** The place to go on from with this configuration: an id means nothing to another server, or for other channels. */
  within: (config: PullConfig) => Standing | null
  /** A sign of life of the server. */
  heard: () => void
  /** There is a connection. Answers the gap to the one before, if there is one. */
  opened: (identity: ConnectionIdentity) => PullGap | null
  /** The connection is over. */
  ended: (client: SdkPullClient | null) => void
  /** The server cannot go on from the last message. */
  forgetId: () => void
  readonly isUnknown: boolean
}

export function createPlaceKeeper(clock: Clock, resumeLimit: number): PlaceKeeper {
  /** What it is connected to; `null` while it is not. */
  let identity: ConnectionIdentity | null = null
  /** Where it stood when it ended. */
  let place: Standing | null = null
  /** The server's last sign of life, by the clock. */
  let heardAt = 0
  /** Since when it is connected to these channels, by the clock. */
  let channelsAt = 0
  /** When a session was left that this reloaded page can no longer go on with, by the clock. */
  let lapsedAt: number | null = null

  function standing(client: SdkPullClient | null): Standing | null {
    if (!identity || !client) return place
    const { mid, tag, time } = client.session
    return { identity, lastId: mid, tag, time }
  }

  function startAt(from: Place): void {
    place = from
    heardAt = channelsAt = clock.now() - (ageOf(from.from) ?? 0)
  }

  return {
    current(client) {
      const now = standing(client)
      return now && { ...now, from: clock.toEpoch(heardAt) }
    },
    startAt,
    takeOver(saved) {
      if (saved?.place) startAt(saved.place)
      // Where it is not known when that was, it was not before this page began.
      else if (saved) lapsedAt = clock.now() - (saved.age ?? performance.now())
    },
    within: config => place && isSameIdentity(place.identity, identityOf(config)) ? place : null,
    heard: () => void (heardAt = clock.now()),
    opened(now) {
      const cause = lapsedAt !== null
        ? 'reloaded'
        : place && judgeContinuity({ ...place, before: place.identity, now, away: clock.now() - heardAt, resumeLimit })
      // A channel may have changed while the page stayed connected, or came back, to the one before, on which nothing comes any more. Since
      // when cannot be told: a message does not say on which of the channels it came, and may have been on its way.
      const before = cause === 'channel-changed' ? channelsAt : lapsedAt ?? heardAt
      if (!place || !isSameIdentity(place.identity, now)) channelsAt = clock.now()
      identity = now
      place = lapsedAt = null
      heardAt = clock.now()
      return cause && { cause, from: clock.toEpoch(before), to: clock.toEpoch(heardAt) }
    },
    ended(client) {
      place = standing(client)
      identity = null
    },
    forgetId() {
      if (place) place = { ...place, lastId: null }
    },
    get isUnknown() {
      return place === null
    },
  }
}
