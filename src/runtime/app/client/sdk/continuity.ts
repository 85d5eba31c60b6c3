import type { PullGap } from '../../../types'
import type { ConnectionIdentity } from './identity'

/** What is known of a connection at the moment it ended, and of the one that follows. */
export interface Continuity {
  /** Last message id at the end; `null` = none received yet. */
  lastId: string | null
  /** What it was connected to then, and what now. */
  before: ConnectionIdentity
  now: ConnectionIdentity
  /** ms since the last sign of life */
  away: number
  /** ms after which the server is no longer expected to hold what was missed. */
  resumeLimit: number
}

/** The verdict after a reconnect: why messages may be missing, or `null` where the server was able to go on from the last one. */
export function judgeContinuity({ lastId, before, now, away, resumeLimit }: Continuity): PullGap['cause'] | null {
  if (before.server !== now.server) return 'server-changed'
  if (before.channels !== now.channels) return 'channel-changed'
  if (lastId === null) return 'no-id'
  return away > resumeLimit ? 'too-long' : null
}
