import type { PullGap } from '../../../types'

/** What is known of a connection at the moment it ended, and of the one that follows. */
export interface Continuity {
  /** Last message id at the end; `null` = none received yet. */
  lastId: string | null
  /** The channel then and now, as one comparable value. */
  channelBefore: string
  channelNow: string
  /** ms since epoch: the last sign of life, and now. */
  from: number
  to: number
  /** ms after which the server is no longer expected to hold what was missed. */
  resumeLimit: number
}

/** The verdict after a reconnect: the gap there may be, or `null` where the server was able to go on from the last message. */
export function judgeContinuity({ lastId, channelBefore, channelNow, from, to, resumeLimit }: Continuity): PullGap | null {
  const cause = channelBefore !== channelNow
    ? 'channel-changed'
    : lastId === null
      ? 'no-id'
      : to - from > resumeLimit
        ? 'too-long'
        : null
  return cause && { cause, from, to }
}
