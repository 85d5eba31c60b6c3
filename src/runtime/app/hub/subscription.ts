import type { PullMessage, PullMessageType } from '../../types'
import type { PullError } from '../../utils/errors'
import { normalizeCommands, normalizeModule } from '../../utils/names'

/** What somebody wants to hear, and who hears it. */
export interface Subscription {
  readonly type: PullMessageType
  /** Module id, or `'*'` for every one. */
  readonly module: string
  /** Commands, or `['*']` for every one of the module. */
  readonly commands: readonly string[]
  /** Called with each message. A returned promise is not awaited. */
  readonly listener: (message: PullMessage) => unknown
  /** Told when the listener throws or its promise rejects, and of names that are none. Must not throw. */
  readonly onError?: (error: PullError, message?: PullMessage) => void
  /** Leave out what this page sent itself. */
  readonly ignoreOwn?: boolean
}

/**
 * With names as messages bear them, and all in one shape: a storm reads them thousands of times a second.
 *
 * @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`
 */
export function checkNames({ type, module, commands, listener, onError, ignoreOwn }: Subscription): Subscription {
  return { type, module: normalizeModule(module), commands: normalizeCommands(commands), listener, onError, ignoreOwn }
}
