import { PullError } from '../../utils/errors'
import { maskSecrets, maskValue } from '../../utils/mask-secrets'
import { idOf } from '../../utils/message-id'
import type { CreatedInspector } from './create-inspector'
import { fateOf, miss } from './explain'
import { nearMisses } from './near-misses'
import { sizeOf } from './to-view'
import { stepText } from './step-text'
import type { Verdict } from './types'
import { took, who } from './words'

/** What DevTools show of one node, by heading. */
export type NodeState = Record<string, { key: string, value: unknown }[]>

const rows = (values: Record<string, unknown>) => Object.entries(values).map(([key, value]) => ({ key, value }))

/** What is known of a node of the tree; nothing where it is gone. */
export function stateOf(inspector: CreatedInspector, nodeId: string): NodeState {
  const [kind, id] = nodeId.split(':')
  const number = Number(id)
  switch (kind) {
    case 'connection': return connectionState(inspector)
    case 'listener': return listenerState(inspector, number)
    case 'use': return useState(inspector, number)
    case 'store': return { store: rows({ 'where it is shown': 'Pinia, under b24-pull: messages, counts, status' }) }
    case 'message': return messageState(inspector, number)
    case 'sent': return sentState(inspector, number)
    default: return {}
  }
}

function connectionState({ pull, connection }: CreatedInspector): NodeState {
  if (!pull) return {}
  const { status, attempt, nextRetryAt, transport, role, userId, reason } = pull
  return {
    now: rows({ status: status.value, attempt: attempt.value, nextRetryAt: nextRetryAt.value, transport: transport.value, role: role.value, userId: userId.value }),
    ...(reason.value && { reason: rows(reasonOf(reason.value)) }),
    steps: connection.slice(-30).reverse().map(step => ({ key: new Date(step.at).toLocaleTimeString(), value: stepText(step) })),
  }
}

function listenerState({ listeners }: CreatedInspector, id: number): NodeState {
  const listener = listeners.find(known => known.id === id)
  if (!listener) return {}
  const { caller, place: { component, file, line }, wants, heard } = listener
  return { 'who listens': rows({ caller, component, file, line, module: wants.module, commands: wants.commands, type: wants.type, state: wants.state, heard }) }
}

function useState({ uses }: CreatedInspector, id: number): NodeState {
  const use = uses.find(known => known.id === id)
  if (!use) return {}
  const { caller, place: { component, file, line } } = use
  return {
    [caller]: Object.entries(use.read()).map(([key, value]) => ({ key, value: value instanceof PullError ? reasonOf(value) : plain(value) })),
    where: rows({ component, file, line }),
  }
}

/** What an app keeps may hold anything, circles included. */
function plain(value: unknown): unknown {
  try {
    return value === undefined ? undefined : maskValue(JSON.parse(JSON.stringify(value)))
  }
  catch {
    return 'cannot be shown: it is no JSON'
  }
}

const reasonOf = ({ code, message, fix }: PullError) => ({ code, message: maskSecrets(message), fix })

function messageState(inspector: CreatedInspector, seq: number): NodeState {
  const record = inspector.messages.find(known => known.seq === seq)
  if (!record) return {}
  const { message, isOwn } = record
  return {
    'message': rows({ id: idOf(message), size: sizeOf(message.params), module: message.module, command: message.command, type: message.type, source: message.source, receivedAt: message.receivedAt, isOwn, params: maskValue(message.params), extra: maskValue(message.extra) }),
    'what became of it': inspector.verdictsOf(record).map(became),
    'who nearly heard it': nearMisses(message, inspector.listeners).map(near => ({ key: near.kind, value: miss(near, message) })),
  }
}

/** DevTools cut long values off, so who heard it stands apart from the rest. */
function became(verdict: Verdict): { key: string, value: string } {
  const { kind, listener, ms } = verdict
  return kind === 'heard' ? { key: `heard${took(ms, 'in')} by`, value: who(listener) } : { key: kind, value: fateOf(verdict) }
}

function sentState({ sent }: CreatedInspector, id: number): NodeState {
  const found = sent.find(known => known.id === id)
  if (!found) return {}
  const { error, params, ...more } = found
  return { sent: rows({ ...more, params: maskValue(params), error: error === null ? null : maskSecrets(String(error)) }) }
}
