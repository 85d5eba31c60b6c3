import type { B24Frame } from '@bitrix24/b24jssdk'
import type { PullError } from '../utils/errors'
import type { PullMessage } from './message'
import type { PullGap, PullStatus, PullStatusChange, PullTransport } from './status'

/** Ends a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void

/** Where a connection stands, as one immutable value. */
export interface PullConnectionState {
  readonly status: PullStatus
  readonly reason: PullError | null
  /** Which retry since the connection was last healthy; 0 before the first. */
  readonly attempt: number
  /** ms since epoch */
  readonly nextRetryAt: number | null
}

/**
 * What part this frame has in the connection that all frames of the app share.
 *
 * - `leader`: it holds the connection, for the others too
 * - `follower`: it hears what the leader's connection brings
 * - `solo`: it has a connection of its own
 */
export type PullRole = 'leader' | 'follower' | 'solo'

/** Who and where the app is; known from the frame on, before the push server answers. */
export interface PullSession {
  readonly frame: B24Frame | null
  readonly userId: number | null
  readonly transport: PullTransport | null
  /** `null` while it is not known, or there is none. */
  readonly role: PullRole | null
}

/** What the push server says of a user whose presence is watched. */
export interface PullPresence {
  /** s since the user was last seen; 0 = online now, `null` = never seen, or not known where there is an `error`. */
  readonly lastSeen: number | null
  /** Why the server does not tell; `null` where it does. */
  readonly error: PullError | null
}

/**
 * A source of pull messages. The SDK adapter is one, the testing connection is one.
 *
 * What every connection must do is written as a suite in `test/contract/`.
 */
export interface PullConnection {
  readonly state: PullConnectionState
  readonly session: PullSession
  /** Starts, or starts again from `failed` and `closed`. Elsewhere it does nothing. */
  start: () => void
  /** Ends in `closed` and leaves nothing behind: no socket, no timer, no listener on the page. */
  stop: () => void
  /** Tries at once instead of at `nextRetryAt`; while connected, checks that the connection is alive. */
  reconnect: () => void
  onMessage: (listener: (message: PullMessage) => void) => Unsubscribe
  /** Hears every step, also those that change only `attempt`, `nextRetryAt` or `reason`. */
  onStatus: (listener: (change: PullStatusChange) => void) => Unsubscribe
  onSession: (listener: (session: PullSession) => void) => Unsubscribe
  onGap: (listener: (gap: PullGap) => void) => Unsubscribe
  /**
   * Asks the push server to tell of a user's comings and goings. These arrive as messages of type `online`.
   *
   * @param userId may be watched by several at once, for which the server is asked once
   * @param listener told what is known of the user, each time the server has been asked: now and after a reconnect
   */
  watchUser: (userId: number, listener: (presence: PullPresence) => void) => Unsubscribe
  /**
   * Calls a REST method as the app's user.
   *
   * @throws PullError
   */
  call: (method: string, params: Record<string, unknown>) => Promise<unknown>
}
