import type { PullGap, PullMessage, PullRole, PullStatus, Unsubscribe } from '../../types'
import type { PullIssue } from '../../utils/errors'
import type { ListenerWants } from '../hub/probe'

// What the panels and `explainPull` read. Nothing of it is in a production build.

/** What became of a message in one listener. */
export type VerdictKind = 'heard' | 'failed' | 'filtered' | 'refused' | 'own' | 'paused' | 'deactivated' | 'off' | 'stopped'

export interface Verdict {
  readonly kind: VerdictKind
  readonly listener: ListenerRecord
  /** How long the handler took; `null` where nobody looked, or it did not run. */
  readonly ms: number | null
  /** What was thrown, by the handler, the filter or the schema. */
  readonly error: unknown
  /** What the schema found. */
  readonly issues: readonly PullIssue[]
}

/** Where in the app's code somebody listens. */
export interface Place {
  /** Name of the component; `null` outside of one. */
  readonly component: string | null
  /** Of the component or the code, as the development server names it; `null` where it is not known. */
  readonly file: string | null
  readonly line: number | null
}

/** Somebody who listens, or did until lately. */
export interface ListenerRecord {
  readonly id: number
  /** What the app calls: `usePullCommand`, `$b24Pull.on` … */
  readonly caller: string
  readonly place: Place
  /** What it wants now. */
  readonly wants: ListenerWants
  /** How often it heard something. */
  readonly heard: number
  /** ms since epoch; `null` while it lives. */
  readonly endedAt: number | null
  /** What it wanted when the message of this number came. */
  wantedAt: (seq: number) => ListenerWants | null
}

/** A composable that does more than listen, and how it fares. */
export interface UseRecord {
  readonly id: number
  /** What the app calls: `usePullState`, `usePullSend` … */
  readonly caller: string
  readonly place: Place
  /** What its refs have at the moment. */
  readonly read: () => Record<string, unknown>
}

/** A message that came in. */
export interface MessageRecord {
  /** Numbers go up by one with each message. */
  readonly seq: number
  readonly message: PullMessage
  /** Whether this page sent it. */
  readonly isOwn: boolean
}

/** A command that this page sent, or another REST call for pull. */
export interface SentRecord {
  readonly id: number
  /** ms since epoch */
  readonly at: number
  readonly method: string
  readonly module: string | null
  readonly command: string | null
  readonly params: unknown
  readonly userId: unknown
  /** How long the portal took; `null` while it has not answered. */
  readonly ms: number | null
  readonly error: unknown
}

/** A step of the connection. */
export interface ConnectionRecord {
  readonly id: number
  /** ms since epoch */
  readonly at: number
  readonly kind: 'status' | 'role' | 'gap'
  readonly status: PullStatus
  readonly role: PullRole | null
  readonly reason: { readonly code: string, readonly message: string, readonly fix: string } | null
  readonly attempt: number
  /** ms since epoch */
  readonly nextRetryAt: number | null
  readonly gap: PullGap | null
}

/** Why somebody who listens nearly heard a message. */
export interface NearMiss {
  readonly kind: 'case' | 'module' | 'typo' | 'type' | 'unmounted'
  /** Letters that differ, with `typo`; else 0. */
  readonly slips: number
  readonly listener: ListenerRecord
}

/** All that is known of an app's pull. */
export interface Inspector {
  readonly messages: readonly MessageRecord[]
  readonly sent: readonly SentRecord[]
  readonly connection: readonly ConnectionRecord[]
  /** Who listens, in order of subscription, and who did until lately. */
  readonly listeners: readonly ListenerRecord[]
  /** Composables that show how they fare, in order of their making. */
  readonly uses: readonly UseRecord[]
  /** What became of a message that is still known. */
  verdictsOf: (record: MessageRecord) => Verdict[]
  /** Told that something happened, until it is ended; handlers are timed meanwhile. */
  watch: (onChange: (change: InspectorChange) => void) => Unsubscribe
}

export type InspectorChange
  = | { kind: 'message', record: MessageRecord }
    /** Of the message of this number; what was said of it before may be no longer true. */
    | { kind: 'verdict', seq: number }
    | { kind: 'sent', record: SentRecord }
    | { kind: 'connection', record: ConnectionRecord }
    | { kind: 'listener', record: ListenerRecord }
    | { kind: 'uses' }
