import type { PullConnectionState, PullSession, PullStatusChange } from '../../../types'

// Apart from the machine: the app's entry has these, and the machine loads with the connection.

export const initialState: PullConnectionState = { status: 'idle', reason: null, attempt: 0, nextRetryAt: null }

export const initialSession: PullSession = { frame: null, userId: null, transport: null, role: null }

/** A step of the state as it is told outside. */
export function toStatusChange(previous: PullConnectionState, { status, reason, attempt, nextRetryAt }: PullConnectionState): PullStatusChange {
  return {
    previous: previous.status,
    current: status,
    ...(reason && { reason }),
    ...(attempt && { attempt }),
    ...(nextRetryAt !== null && { nextRetryAt }),
  }
}
