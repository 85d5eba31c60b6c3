import type { PullConnection, PullMessage, Unsubscribe } from '../../types'

/**
 * The command by which what records asks for the engine, in place of messages: it travels like any subscription, so the app's entry
 * knows nothing of it. No wire carries it, for it never reaches the registry.
 */
export const ENGINE_COMMAND = '\0engine'

/** What goes by in an engine. */
export interface EngineWitness {
  /** Each message, before its handlers. */
  onMessage: (message: PullMessage) => void
  /** Each REST call, and how it ends. */
  onCall: (method: string, params: Record<string, unknown>, answer: Promise<unknown>) => void
}

/** What somebody who asks by {@link ENGINE_COMMAND} is given. */
export interface EngineSeat {
  connection: PullConnection
  witness: (witness: EngineWitness) => Unsubscribe
}
