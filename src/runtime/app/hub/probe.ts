import type { Pull, PullConnection, PullMessage, Unsubscribe } from '../../types'
import type { Subscription } from './subscription'

// The one seam by which development builds watch what becomes of messages. Production builds have no probe and no call of one.

/** Why a listener hears nothing at the moment, or that it hears. */
export type ListenerState = 'active' | 'off' | 'paused' | 'deactivated' | 'stopped'

/** What a listener wants at the moment. */
export interface ListenerWants extends Pick<Subscription, 'type' | 'ignoreOwn'> {
  /** In whatever case the app wrote it; `null` where there is nothing to listen to (yet). */
  module: string | null
  commands: readonly string[]
  state: ListenerState
}

/** One listener, watched. */
export interface ProbedListener {
  /** The same subscription, which tells what becomes of each message. */
  tap: (subscription: Subscription) => Subscription
  /** Its filter left the message aside that is being delivered. */
  filtered: () => void
  /** What it wants may have changed. */
  changed: () => void
}

/** What a probe sees of the connection. */
export type ProbedConnection = Pick<PullConnection, 'state' | 'session' | 'onStatus' | 'onSession' | 'onGap'>

/** Development builds only: told what arrives, who wants to hear it, and what becomes of it. */
export interface Probe {
  /** A message that no handler has heard yet. */
  arrived: (message: PullMessage, isOwn: boolean) => void
  /**
   * Somebody begins to listen, in the component at hand.
   *
   * @param caller what the app calls
   * @param wants asked whenever `changed()` is called, and now
   */
  listener: (caller: string, wants: () => ListenerWants) => ProbedListener
  /**
   * A composable shows how it fares, in the component at hand, until that is ended.
   *
   * @param caller what the app calls
   * @param read asked whenever somebody looks
   */
  shows: (caller: string, read: () => Record<string, unknown>) => Unsubscribe
  /** The pull whose messages these are, before it starts. What it answers ends with the app. */
  attach: (pull: Pull, connection: ProbedConnection) => Unsubscribe
  /** The same call, seen. */
  tapCall: (call: PullConnection['call']) => PullConnection['call']
}
