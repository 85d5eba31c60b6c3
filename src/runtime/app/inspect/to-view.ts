import { maskSecrets, maskValue } from '../../utils/mask-secrets'
import { idOf } from '../../utils/message-id'
import { fateOf, miss } from './explain'
import { nearMisses } from './near-misses'
import type { ConnectionRecord, Inspector, ListenerRecord, MessageRecord, SentRecord, Verdict } from './types'
import type { ConnectionView, ListenerView, MessageDetails, MessageView, SentView } from './views'

/** Characters of params that are shown. */
const MOST = 50_000

export function toMessageView({ verdictsOf }: Inspector, record: MessageRecord): MessageView {
  const { seq, message, isOwn } = record
  const { module, command, type, source, receivedAt, params } = message
  const verdicts: MessageView['verdicts'] = {}
  for (const { kind } of verdictsOf(record)) verdicts[kind] = (verdicts[kind] ?? 0) + 1
  return { kind: 'message', seq, id: idOf(message), at: receivedAt, module, command, type, source, isOwn, size: sizeOf(params), verdicts }
}

export function toSentView({ id, at, method, module, command, params, ms, error }: SentRecord): SentView {
  return { kind: 'sent', id, at, method, module, command, size: sizeOf(params), ms, error: error === null ? null : textOf(error) }
}

export function toConnectionView({ kind, ...record }: ConnectionRecord): ConnectionView {
  const { reason } = record
  return { ...record, kind: 'connection', what: kind, reason: reason && { ...reason, message: maskSecrets(reason.message) } }
}

export function toListenerView({ id, caller, place: { component, file, line }, wants, heard, endedAt }: ListenerRecord): ListenerView {
  const { type, module, commands, state } = wants
  return { kind: 'listener', id, caller, component, file, line, type, module, commands, state, heard, endedAt }
}

export function toDetails(inspector: Inspector, record: MessageRecord): MessageDetails {
  const { seq, message } = record
  const verdicts = inspector.verdictsOf(record)
  return {
    seq,
    params: toJson(message.params),
    extra: toJson(message.extra),
    verdicts: verdicts.map((verdict: Verdict) => ({ kind: verdict.kind, text: fateOf(verdict) })),
    misses: nearMisses(message, inspector.listeners).map(near => miss(near, message)),
  }
}

function toJson(value: unknown): string {
  const text = JSON.stringify(maskValue(value), null, 2) ?? 'null'
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

/** Characters of a value as JSON. */
export const sizeOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0

const textOf = (error: unknown): string => maskSecrets(error instanceof Error ? error.message : String(error))
