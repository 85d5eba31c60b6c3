import { isRecord } from '../../../../runtime/utils/is-record'
import type { FaultName, FaultState, LogEntry } from '../../../types'

/** What it takes to do once more what an entry tells of. */
export type Replay
  = | { kind: 'emit', module: string, command: string, params: Record<string, unknown>, userId: number | null }
    | { kind: 'rest', method: string, params: Record<string, unknown>, userId: number | null, status: number, result: unknown }
    | { kind: 'event', event: string, data: Record<string, unknown> }
    | { kind: 'fault', name: FaultName, title: string, settings: FaultState['settings'] }

/** How it can be done again, or why not. */
export type ReplayOutcome = { replay: Replay, why: null } | { replay: null, why: string }

const MASK = '•••'

export function replayOf(entry: LogEntry, faults: readonly FaultState[]): ReplayOutcome {
  if (entry.isPending) return { replay: null, why: 'It has not ended yet.' }
  const replay = read(entry, faults)
  if (!replay) return { replay: null, why: 'Only REST calls, events and faults can be done again.' }
  if (JSON.stringify(inputOf(replay)).includes(MASK)) return { replay: null, why: 'A secret in it has been masked, and without it this would be another one.' }
  return { replay, why: null }
}

function read({ source, direction, title, status, userId, details }: LogEntry, faults: readonly FaultState[]): Replay | null {
  const facts = new Map(Object.entries(asObject(details) ?? {}))
  const params = asObject(facts.get('params'))
  if (source === 'rest' && status !== null && params) return { kind: 'rest', method: title, params, userId, status, result: facts.get('result') }
  if (source === 'push' && direction === 'out' && params && facts.has('channel')) {
    const colon = title.indexOf(':')
    return { kind: 'emit', module: title.slice(0, colon), command: title.slice(colon + 1), params, userId }
  }
  if (source === 'event' && facts.has('deliveries')) return { kind: 'event', event: title, data: asObject(facts.get('data')) ?? {} }
  if (source === 'fault' && !title.endsWith(': off')) {
    const fault = faults.find(known => known.title === title.replace(/: on$/, ''))
    return fault ? { kind: 'fault', name: fault.name, title: fault.title, settings: (asObject(details) ?? {}) as FaultState['settings'] } : null
  }
  return null
}

/** What is sent again: that an answer had a secret in it is no matter. */
function inputOf(replay: Replay): unknown {
  return replay.kind === 'rest' ? [replay.method, replay.params] : replay
}

function asObject(value: unknown): Record<string, unknown> | null {
  if (Array.isArray(value) && value.length === 0) return {}
  return isRecord(value) ? { ...value } : null
}
