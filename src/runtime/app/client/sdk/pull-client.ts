import type * as Sdk from '@bitrix24/b24jssdk'
import type { Intake } from '../wire/intake'
import type { ConnectionIdentity } from './identity'
import type { Place } from './place'

export type PullSdk = typeof import('../../frame/sdk-pull')
export type PullConfig = Sdk.TypePullClientConfig

/**
 * Members of the SDK's pull client that this room uses; some are private in its types.
 * Written as methods where they are overridden: TypeScript lets a method override only a method.
 */
export interface SdkPullClient {
  get status(): string
  set status(status: string)
  readonly session: { mid: string | null, tag: string | null, time: string | null }
  readonly connector: { readonly connected: boolean, send: (data: string) => unknown } | null
  readonly _jsonRpcAdapter?: { executeOutgoingRpcCommand?: (method: string, params: object) => Promise<unknown> } | null
  start(config: PullConfig & { skipReconnectToLastSession: boolean }): Promise<boolean>
  destroy(): void
  connect(): Promise<unknown>
  disconnect(code: number, reason: string): void
  ping(timeout: number): Promise<unknown>
  getServerVersion(): number
  isConfigActual(config: PullConfig | null): boolean
  getConfig(): PullConfig | null
  setLastMessageId(id: string): void
  subscribe(options: { type?: string, moduleId?: string, callback: (data: SdkEventData) => void }): () => void
  onIncomingMessage(frame: unknown): void
  onWebSocketDisconnect(event: { code: number, reason: string }): void
  broadcastMessage(message: unknown): void
  reconnect(code: number, reason: string, delay?: number): void
  restart(code?: number, reason?: string): void
  scheduleReconnect(delay?: number): void
  scheduleRestart(code: number, reason: string, delay?: number): void
  onBeforeUnload(): void
  persistSession(): void
  addWindowListener(type: string, handler: EventListener): void
  /** Ours: asks the server to go on from there, or, with `null`, to send only what comes from now on. */
  goOnFrom(place: PlaceInSession | null): void
  /** Ours: what is saved of the session at a reload tells what its id means something to. */
  markSession(identity: ConnectionIdentity): void
  /** Ours: ends the connection, or what was to become one, without a word. */
  abandon(): void
}

export type PlaceInSession = Pick<Place, 'lastId' | 'tag' | 'time'>

/** What the SDK's own subscriptions are called with: a message without its module, or a status. */
interface SdkEventData { status?: string, [key: string]: unknown }

/** Close code and text with which a connection ended. */
export interface SdkEnd {
  code: number
  text: string
  /** Who ended it: the SDK on its own account, or the other end. */
  by: 'sdk' | 'server'
}

/** What this room wants to hear from the SDK's client. */
export interface SdkClientEvents extends Pick<Intake, 'onMessage' | 'isNew' | 'onUnreadable'> {
  /** A frame came from the push server, whatever is in it. */
  onFrame: () => void
  onOnline: () => void
  /** Whether the SDK may go on with a configuration. */
  isConfigAlive: (config: PullConfig) => boolean
  /** The connection is over, once per connection; `end` says how, where that is known. */
  onOver: (end: SdkEnd | null) => void
}
