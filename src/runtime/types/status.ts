import type { PullError } from '../utils/errors'

/**
 * Where the connection stands.
 *
 * - `idle`: not started
 * - `connecting`: first connection under way (or being tried again)
 * - `connected`: messages arrive
 * - `reconnecting`: lost, coming back by itself
 * - `suspended`: away for 2 minutes; treat data as stale; still trying
 * - `failed`: will not retry by itself (but for `LOAD_FAILED`, when the page becomes visible or the network returns); `reason` says why and what to do
 * - `closed`: stopped
 */
export type PullStatus = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'suspended' | 'failed' | 'closed'

/** How messages arrive. */
export type PullTransport = 'websocket' | 'long-polling'

/** One step of the status. */
export interface PullStatusChange {
  previous: PullStatus
  current: PullStatus
  /** Why the connection is not there, where it is not. */
  reason?: PullError
  /** Which retry since the connection was last healthy; absent before the first. */
  attempt?: number
  /** When the next try starts, in ms since epoch. */
  nextRetryAt?: number
}

/** A stretch of time in which messages may have been missed. */
export interface PullGap {
  /**
   * - `no-id`: no message had been received yet, so the server could not be told where to go on
   * - `channel-changed`: the server moved the app to another channel; `from` is where the connection to the one before began
   * - `server-changed`: another push server, or another version of it, has taken the place of the one before
   * - `too-long`: away for longer than `resumeLimit`
   * - `reloaded`: the page was reloaded and the earlier place is not known any more
   * - `handed-over`: another frame holds the connection for all, and what it brought never came to this one
   * - `overflow`: more waited in a queue than it holds
   */
  cause: 'no-id' | 'channel-changed' | 'server-changed' | 'too-long' | 'reloaded' | 'handed-over' | 'overflow'
  /** ms since epoch */
  from: number
  /** ms since epoch */
  to: number
}
