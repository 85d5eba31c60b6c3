import type { Recipient } from './deliver'
import type { Subscription, Tally } from './subscription'

/** What a dispatch needs of a subscription. */
export interface Seat extends Recipient, Pick<Subscription, 'ignoreOwn'> {
  /** Rank of the subscription among all, by time of subscribing; the same for all its commands. */
  readonly order: number
}

/** Who hears a message, in order of subscription. */
export interface Audience {
  readonly seats: readonly Seat[]
  /**
   * By place, the handlers of those seats that nothing has to be asked, and what shows what they hear to whoever looks. Going through a thousand of
   * them reads no seat then, which makes it a sixth faster.
   */
  readonly handlers: readonly Seat['handler'][]
  readonly shown: readonly Seat['shown'][]
  /** Where it is counted for those whom nobody looks at. */
  readonly tallies: readonly Tally[]
}

export const nobody: Audience = { seats: [], handlers: [], shown: [], tallies: [] }

export function toAudience(seats: readonly Seat[], tallies: readonly Tally[]): Audience {
  return {
    seats,
    handlers: seats.map(({ handler, ignoreOwn }) => ignoreOwn ? undefined : handler),
    shown: seats.map(shownTo),
    tallies,
  }
}

/** What has to be told of each message, and does not find it in a tally. */
function shownTo({ shown }: Seat): Seat['shown'] {
  return shown?.tally ? undefined : shown
}

/** Two audiences as one, for one message. */
export function together(first: Audience, second: Audience): Audience {
  const [a, b] = [first.seats, second.seats]
  if (!a.length) return second
  const merged: Seat[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    merged.push(a[i]!.order < b[j]!.order ? a[i++]! : b[j++]!)
  }
  return toAudience(merged.concat(a.slice(i), b.slice(j)), [...first.tallies, ...second.tallies])
}
