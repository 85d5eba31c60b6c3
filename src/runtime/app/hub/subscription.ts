import type { PullMessage, PullMessageType } from '../../types'
import type { PullError } from '../../utils/errors'
import { normalizeCommands, normalizeModule } from '../../utils/names'

/** What shows an app what one subscription has heard. */
export interface Shown {
  /** There were so many messages more, of which this one is the last. */
  show: (last: PullMessage, more: number) => void
  setError: (problem: PullError) => void
  /** Where it finds what was heard since it was told last, and need not be told: as long as nobody looks. */
  readonly tally: Tally | null
  /** There is a tally to find it in, or not any more. */
  countBy: (tally: Tally | null) => void
}

/** What a whole crowd of subscriptions has heard, counted once for all of them. */
export interface Tally {
  readonly count: number
  readonly last: PullMessage | null
  hear: (message: PullMessage) => void
  /** Somebody looks now at one of them. */
  onWatched: () => void
}

/** What somebody wants to hear, and who hears it. */
export interface Subscription {
  readonly type: PullMessageType
  /** Module id, or `'*'` for every one. */
  readonly module: string
  /** One command, several, or `'*'` for every one of the module. */
  readonly commands: string | readonly string[]
  /** Called with each message. A returned promise is not awaited. */
  readonly listener?: (message: PullMessage) => unknown
  /**
   * In its place, the app's own handler, where nothing has to be asked before it is called: a thousand closures around as many handlers would
   * take twice as long.
   */
  readonly handler?: (params: PullMessage['params'], message: PullMessage) => unknown
  /** Shows what is heard: each message before the handler, and errors. */
  readonly shown?: Shown
  /** Told when the listener throws or its promise rejects, and of names that are none. Must not throw. */
  readonly onError?: (error: PullError, message?: PullMessage) => void
  /** Leave out what this page sent itself. */
  readonly ignoreOwn?: boolean
}

/** A subscription that stands. */
export interface Listening {
  /** Ends it; a second time does nothing. */
  leave: () => void
}

/**
 * With names as messages bear them.
 *
 * @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`
 */
export function checkNames(subscription: Subscription): Subscription {
  const module = normalizeModule(subscription.module)
  const commands = normalizeCommands(subscription.commands)
  const isSame = module === subscription.module && commands === subscription.commands
  return isSame ? subscription : { ...subscription, module, commands }
}
