import type { TypeB24 } from '@bitrix24/b24jssdk'
import type { PullCommandName, PullModuleName } from '../../types'
import type { PullError } from '../../utils/errors'
import type { PullServerEvent } from '../utils/sendPullEvent'

/** An event for one portal, as a sender takes it. */
export type PullSenderEvent<M extends PullModuleName = string, C extends PullCommandName<M> = string> = PullServerEvent<M, C> & {
  /** What the event is about, such as `'deal:42'`: of events with the same key that still wait, only the newest is sent. */
  key?: string
}

/** An event that was given up. */
export interface PullSendFailure {
  memberId: string
  event: { module: string, command: string, key: string | undefined }
  error: PullError
}

/** A portal that will not be called again. */
export interface GonePortal {
  memberId: string
  /** What the portal said. */
  error: PullError
  /** Events that waited for it and are dropped. */
  dropped: number
}

/** Counts since the sender was made, and what waits now. */
export interface PullSenderFigures {
  /** Events that wait, or are on their way. */
  readonly queued: number
  /** Events that a portal has taken. */
  readonly sent: number
  /** Events that a newer one of the same key took the place of. */
  readonly collapsed: number
  /** Events given up, those of gone portals among them. */
  readonly failed: number
  /** REST requests made: each carries up to 50 events. */
  readonly requests: number
}

/** What every sender needs to know, whatever keeps its queue. */
export interface PullDeliveryOptions {
  /**
   * Access to a portal, by its `member_id`: the SDK's `B24OAuth` with the tokens that the app keeps, or null where it keeps none.
   * Asked once, and again after a minute of quiet or when the portal refused the tokens.
   */
  connect: (memberId: string) => TypeB24 | null | Promise<TypeB24 | null>
  /** Portals that are called at the same time, 1 or more. @default 100 */
  concurrency?: number
  /**
   * ms for which an event is tried again after the network or the portal failed, beyond the SDK's own three tries. Receivers
   * drop repeats among the last 1,000 events of a page, so up to about 10 minutes a repeat is not seen. @default 600000
   */
  retryFor?: number
  /** Hears of each event that was given up. */
  onFailed?: (failure: PullSendFailure) => void
  /** Hears once of each portal that is gone: uninstalled, deleted, without REST, or one that has refused the app's tokens for 5 s. */
  onGone?: (portal: GonePortal) => void
  /** Hears the figures whenever they changed, at most once a request. */
  onFigures?: (figures: PullSenderFigures) => void
}

/** Options of {@link createPullSender}. */
export interface PullSenderOptions extends PullDeliveryOptions {
  /** ms for which a portal's events are collected before they go as one request. @default 100 */
  coalesce?: number
  /** Events that may wait for one portal, 1 or more. @default 10000 */
  limit?: number
  /** What happens beyond `limit`: `send()` rejects, or the portal's oldest event is given up. @default 'reject' */
  overflow?: 'reject' | 'drop-oldest'
}

/** Sends events to many portals. */
export interface PullSender {
  /** Whether a queue outside of this process keeps the events. */
  readonly isDurable: boolean
  readonly figures: PullSenderFigures
  /**
   * Takes an event for a portal. Resolves once it is in the queue; what becomes of it afterwards is told by the hooks.
   *
   * @param memberId the portal's `member_id`
   * @param event module, command, params, receivers, and the `key` of what it is about
   * @throws PullError `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, `PARAMS_ERROR`, `USER_ID_ERROR`; `QUEUE_OVERFLOW`,
   * `PORTAL_GONE`, `SENDER_CLOSED`
   */
  send: <C extends PullCommandName<M>, M extends PullModuleName = 'application'>(memberId: string, event: PullSenderEvent<M, C>) => Promise<void>
  /** Forgets what is known of a portal: its connection, and that it was gone. To be called when the app was installed anew. */
  forget: (memberId: string) => void
  /** Resolves when nothing waits any more. */
  idle: () => Promise<void>
  /** Takes nothing more, sends at once what waits, and resolves when that is done; what fails now is given up. */
  close: () => Promise<void>
}
