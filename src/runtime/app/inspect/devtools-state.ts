import { maskSecrets, maskValue } from '../../utils/mask-secrets'
import type { CreatedInspector } from './create-inspector'
import { miss, why } from './explain'
import { nearMisses } from './near-misses'
import { who } from './words'

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
    case 'message': return messageState(inspector, number)
    case 'sent': return sentState(inspector, number)
    default: return {}
  }
}

function connectionState({ pull, connection }: CreatedInspector): NodeState {
  if (!pull) return {}
  const { status, attempt, nextRetryAt, transport, role, userId, reason } = pull
  return {
    'now': rows({ status: status.value, attempt: attempt.value, nextRetryAt: nextRetryAt.value, transport: transport.value, role: role.value, userId: userId.value }),
    ...(reason.value && { reason: rows({ code: reason.value.code, message: maskSecrets(reason.value.message), fix: reason.value.fix }) }),
    'steps': connection.slice(-30).reverse().map(step => ({ key: new Date(step.at).toLocaleTimeString(), value: { kind: step.kind, status: step.status, role: step.role, reason: step.reason?.code ?? null, attempt: step.attempt, nextRetryAt: step.nextRetryAt, gap: step.gap?.cause ?? null } })),
    'see also': rows({ store: 'Pinia → b24-pull: messages, counts, status' }),
  }
}

function listenerState({ listeners }: CreatedInspector, id: number): NodeState {
  const listener = listeners.find(known => known.id === id)
  if (!listener) return {}
  const { caller, place: { component, file, line }, wants, heard } = listener
  return { 'who listens': rows({ caller, component, file, line, module: wants.module, commands: wants.commands, type: wants.type, state: wants.state, heard }) }
}

function messageState(inspector: CreatedInspector, seq: number): NodeState {
  const record = inspector.messages.find(known => known.seq === seq)
  if (!record) return {}
  const { message, isOwn } = record
  return {
    'message': rows({ module: message.module, command: message.command, type: message.type, source: message.source, receivedAt: message.receivedAt, isOwn, params: maskValue(message.params), extra: maskValue(message.extra) }),
    'what became of it': inspector.verdictsOf(record).map(verdict => ({ key: `${verdict.kind} ${who(verdict.listener)}`, value: verdict.kind === 'heard' ? verdict.ms : why(verdict) })),
    'who nearly heard it': nearMisses(message, inspector.listeners).map(near => ({ key: near.kind, value: miss(near, message) })),
  }
}

function sentState({ sent }: CreatedInspector, id: number): NodeState {
  const found = sent.find(known => known.id === id)
  if (!found) return {}
  const { error, params, ...more } = found
  return { sent: rows({ ...more, params: maskValue(params), error: error === null ? null : maskSecrets(String(error)) }) }
}
