import type { PullConnection, PullMessage, Unsubscribe } from '../../types'

/**
 * By which what records asks a pull for its engine: no part of what apps see. From the registry of symbols, because a development server
 * may bundle `/record` apart from the app; the same one as the injection's, which costs the entry nothing.
 */
export const engineKey = Symbol.for('nuxt-b24-pull')

/** What goes by in an engine. */
export interface EngineWitness {
  /** Each message, before its handlers. */
  onMessage: (message: PullMessage) => void
  /** Each REST call, and how it ends. */
  onCall: (method: string, params: Record<string, unknown>, answer: Promise<unknown>) => void
}

/** An engine that may be watched. */
export interface WitnessedEngine {
  readonly connection: PullConnection
  witness: (witness: EngineWitness) => Unsubscribe
}

/** A pull that may be asked. */
export interface EngineOwner {
  /** Calls back as soon as there is an engine; what that returns is called at the end, and what this returns ends it. */
  readonly [engineKey]?: (take: (engine: WitnessedEngine) => Unsubscribe) => Unsubscribe
}
