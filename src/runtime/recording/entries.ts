import type { PullGap, PullMessage, PullStatus } from '../types'
import type { PullErrorCode } from '../utils/errors'

/** What the first line of a recording says. */
export interface RecordingHeader {
  readonly kind: 'recording'
  readonly version: 1
  /** When it began, ms since epoch. */
  readonly startedAt: number
  /** Where the connection stood then; `null` where that was not known. */
  readonly status: PullStatus | null
  readonly userId: number | null
  /** Lines that had to go, from the beginning, because there were too many. */
  readonly dropped: number
}

/** Why the connection was not there. */
export interface RecordedReason {
  readonly code: PullErrorCode
  readonly message: string
  readonly why: string
  readonly fix: string
}

/** One thing that happened; `at` is ms since the beginning of the recording. */
export type RecordedEntry
  = | { readonly at: number, readonly kind: 'message', /** Users whom the dev portal sent it to; absent = all. */ readonly to?: readonly number[] } & PullMessage
    /** The connection has moved. */
    | { readonly at: number, readonly kind: 'status', readonly status: PullStatus, readonly reason: RecordedReason | null, readonly attempt: number, readonly retryIn: number | null }
    /** Messages may have been missed. */
    | { readonly at: number, readonly kind: 'gap' } & PullGap
    /** The app sent a command; `error` is what the portal said where it refused. */
    | { readonly at: number, readonly kind: 'sent', readonly module: string, readonly command: string, readonly params: unknown, readonly userId: unknown, readonly error: string | null }
