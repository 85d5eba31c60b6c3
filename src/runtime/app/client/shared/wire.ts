import type { PullConnectionState, PullGap, PullMessage, PullTransport } from '../../../types'
import type { PullError } from '../../../utils/errors'
import type { Place } from '../sdk/place'
import type { PlainReason } from './reason'

/** Where the leader's connection stands, as a follower has to know it. */
export interface SharedState<Reason = PullError> extends Omit<PullConnectionState, 'reason'> {
  readonly reason: Reason | null
  readonly transport: PullTransport | null
}

/** Messages of the leader carry its epoch: one leadership of one frame. */
export type LeaderMessage<Reason = PullError>
  /** It leads from now on, and goes on after this message id. */
  = | { kind: 'lead', epoch: string, lastId: string | null }
    /** `n` counts the messages of this epoch so far; `recent` are the ids of the last messages, which a newcomer is not to hear. */
    | { kind: 'state', epoch: string, n: number, place: Place | null, recent: string[], state: SharedState<Reason> }
    | { kind: 'message', epoch: string, n: number, id: string | null, tag: string | null, time: string | null, message: PullMessage }
    | { kind: 'gap', epoch: string, gap: PullGap }
    /** It is alive, and its push server has said nothing for so many ms; 0 where that proves nothing. */
    | { kind: 'here', epoch: string, silence: number }
    /** What the push server said of a user, for the frame that asked. */
    | { kind: 'seen', epoch: string, to: string, userId: number, lastSeen: number | null, error: Reason | null }
    /** It leads no more. */
    | { kind: 'bye', epoch: string }

export type FollowerMessage
  /** Who leads, and where does it stand? */
  = | { kind: 'hello', from: string }
    /** The whole set of users whose presence this frame watches, and those of them that are to be asked for anew. */
    | { kind: 'watch', from: string, users: number[], fresh: number[] }
    /** Is the leader alive? */
    | { kind: 'ask', from: string }
    /** The person, the page or the network is back. */
    | { kind: 'wake', byUser: boolean }

/** What frames of one app say to each other over one channel, as it was read. Nothing secret is in it. */
export type WireMessage = LeaderMessage | FollowerMessage

/** The same as it is posted: what can be copied. */
export type PostedMessage = LeaderMessage<PlainReason> | FollowerMessage
