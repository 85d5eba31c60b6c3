import type { PullMessage, PullMessageType } from '../../types'
import type { PullError } from '../../utils/errors'

/** What somebody wants to hear, and who hears it. */
export interface Subscription {
  readonly type: PullMessageType
  /** Module id, or `'*'` for every one. */
  readonly module: string
  /** Commands, or `['*']` for every one of the module. */
  readonly commands: readonly string[]
  /** Called with each message. A returned promise is not awaited. */
  readonly listener: (message: PullMessage) => unknown
  /** Told when the listener throws or its promise rejects. Must not throw. */
  readonly onError?: (error: PullError, message: PullMessage) => void
  /** Leave out what this page sent itself. */
  readonly ignoreOwn?: boolean
}
