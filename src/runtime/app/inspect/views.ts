import type { PullGap, PullMessage, PullRole, PullStatus } from '../../types'
import type { ListenerState } from '../hub/probe'
import type { VerdictKind } from './types'

// What the dev portal's page is told of an app, over a channel of its own. All of it is plain data without secrets.

/** By which a frame makes itself known to the page around it, and the page answers with a port. */
export const HELLO = 'nuxt-b24-pull:inspector'

/** Between them, and of this form. */
export interface Hello {
  readonly type: typeof HELLO
  readonly version: 1
}

export const isHello = (data: unknown): data is Hello => (data as Hello | null)?.type === HELLO && (data as Hello).version === 1

export interface MessageView extends Pick<PullMessage, 'module' | 'command' | 'type' | 'source'> {
  readonly kind: 'message'
  /** Numbers go up by one with each message. */
  readonly seq: number
  /** The push server's. */
  readonly id: string | null
  /** ms since epoch */
  readonly at: number
  readonly isOwn: boolean
  /** Characters of the params as JSON. */
  readonly size: number
  /** How many of those who listen came to which verdict. */
  readonly verdicts: Partial<Record<VerdictKind, number>>
}

export interface SentView {
  readonly kind: 'sent'
  readonly id: number
  readonly at: number
  readonly method: string
  readonly module: string | null
  readonly command: string | null
  readonly size: number
  readonly ms: number | null
  readonly error: string | null
}

export interface ConnectionView {
  readonly kind: 'connection'
  readonly id: number
  readonly at: number
  readonly what: 'status' | 'role' | 'gap'
  readonly status: PullStatus
  readonly role: PullRole | null
  readonly reason: { readonly code: string, readonly message: string, readonly fix: string } | null
  readonly attempt: number
  readonly nextRetryAt: number | null
  readonly gap: PullGap | null
}

export interface ListenerView {
  readonly kind: 'listener'
  readonly id: number
  readonly caller: string
  readonly component: string | null
  readonly file: string | null
  readonly line: number | null
  readonly type: string
  readonly module: string | null
  readonly commands: readonly string[]
  readonly state: ListenerState
  readonly heard: number
  readonly endedAt: number | null
}

export type TrafficView = MessageView | SentView | ConnectionView

/** All that is known of one message. */
export interface MessageDetails {
  readonly seq: number
  /** As JSON, secrets masked. */
  readonly params: string
  readonly extra: string
  readonly verdicts: readonly { readonly kind: VerdictKind, readonly text: string }[]
  /** What is in the way between it and those who nearly hear it. */
  readonly misses: readonly string[]
}

/** What a frame tells the page. */
export type FrameSays
  /** First, all that is known; then what is new. `gone` are listeners that are forgotten; `skipped` messages were forgotten before they could be told. */
  = | { kind: 'news', isFirst: boolean, traffic: TrafficView[], listeners: ListenerView[], gone: number[], skipped: number }
    | { kind: 'details', details: MessageDetails | null }
    | { kind: 'explanation', text: string }

/** What the page asks of a frame. */
export type PageAsks
  /** The news before have been shown. */
  = | { kind: 'next' }
    | { kind: 'details', seq: number }
    | { kind: 'explain', module: string, command: string }
    | { kind: 'bye' }
