import { getCurrentInstance } from 'vue'
import type { Pull, PullGap, PullMessage, PullSession, PullStatusChange, Unsubscribe } from '../../types'
import { createEmitter } from '../../utils/emitter'
import { epochNow } from '../../utils/clock'
import { PullError } from '../../utils/errors'
import { EVENT_ADD } from '../../rest/event-method'
import { withoutMarks } from '../../rest/without-marks'
import type { Probe, ProbedConnection } from '../hub/probe'
import { Listener } from './listener'
import type { Outcome, Recording } from './listener'
import { placeInSource, placeOf } from './place'
import type { CodePlace } from './place'
import { Ring } from './ring'
import { createSourceFinder } from './source-sites'
import type { ConnectionRecord, Inspector, InspectorChange, MessageRecord, Place, SentRecord, UseRecord, Verdict } from './types'
import { verdictOf } from './verdicts'

/** How many of each are remembered. */
export const LIMITS = { messages: 500, sent: 200, connection: 200, ended: 100, uses: 500 }

/** Watches an app's pull, within bounded memory. */
export interface CreatedInspector extends Inspector, Probe {
  /** What is watched; `null` before it is put together. */
  readonly pull: Pull | null
}

export function createInspector(): CreatedInspector {
  // A message costs two writes; what is said of it is made when somebody looks.
  const messages = new Ring<PullMessage>(LIMITS.messages)
  const own = new WeakSet<PullMessage>()
  /** What became of messages by their numbers, where that is more than "heard", or somebody looked. */
  const outcomes = new Map<number, Outcome[]>()
  const sent = new Ring<SentRecord>(LIMITS.sent)
  const steps = new Ring<ConnectionRecord>(LIMITS.connection)
  const live = new Set<Listener>()
  const ended = new Ring<Listener>(LIMITS.ended)
  /** Those who live and those who ended, until it changes who they are. */
  let all: Listener[] | null = null
  const uses = new Set<UseRecord>()
  const changes = createEmitter<InspectorChange>()
  const findSource = createSourceFinder()
  let watchers = 0
  let places = 0
  let pull: Pull | null = null

  const recording: Recording = {
    seq: 0,
    isWatched: false,
    note(outcome) {
      const known = outcomes.get(outcome.seq)
      if (known) known.push(outcome)
      else outcomes.set(outcome.seq, [outcome])
      if (outcomes.size > LIMITS.messages) outcomes.delete(outcomes.keys().next().value!)
    },
    settled({ seq }) {
      if (watchers) changes.emit({ kind: 'verdict', seq })
    },
    changed(listener) {
      if (listener.endedAt && live.delete(listener)) ended.push(listener)
      all = null
      if (watchers) changes.emit({ kind: 'listener', record: listener })
    },
  }

  const toRecord = (seq: number, message: PullMessage): MessageRecord => ({ seq, message, isOwn: own.has(message) })
  const allListeners = (): Listener[] => all ??= [...ended.list(), ...live].sort((a, b) => a.id - b.id)

  /** Of the component at hand; a moment later by the source that somebody wrote. */
  function placeHere(onSource: (place: CodePlace) => void): CodePlace {
    const place = placeOf(getCurrentInstance())
    if (place.site) void findSource(place.site).then(source => source && onSource(placeInSource(place, source)))
    return place
  }

  function follow(connection: ProbedConnection): Unsubscribe {
    let role = connection.session.role
    const add = (kind: ConnectionRecord['kind'], gap: PullGap | null = null) => {
      const { status, reason, attempt, nextRetryAt } = connection.state
      const record: ConnectionRecord = { id: steps.total, at: epochNow(), kind, status, role, attempt, nextRetryAt, gap, reason: reason && { code: reason.code, message: reason.message, fix: reason.fix } }
      steps.push(record)
      if (watchers) changes.emit({ kind: 'connection', record })
    }
    const offs = [
      connection.onStatus((_change: PullStatusChange) => add('status')),
      connection.onSession((session: PullSession) => {
        if (session.role === role) return
        role = session.role
        add('role')
      }),
      connection.onGap(gap => add('gap', gap)),
    ]
    return () => offs.forEach(off => off())
  }

  return {
    get pull() {
      return pull
    },
    get messages() {
      const list = messages.list()
      return list.map((message, i) => toRecord(recording.seq - list.length + 1 + i, message))
    },
    get sent() {
      return sent.list()
    },
    get connection() {
      return steps.list()
    },
    get listeners() {
      return allListeners()
    },
    get uses() {
      return [...uses]
    },
    verdictsOf: (record) => {
      const noted = new Map((outcomes.get(record.seq) ?? []).map(outcome => [outcome.listener, outcome]))
      const verdicts: Verdict[] = []
      for (const listener of allListeners()) {
        const outcome = noted.get(listener)
        const verdict = outcome ? toVerdict(outcome) : verdictOf(record, listener)
        if (verdict) verdicts.push(verdict)
      }
      return verdicts
    },
    watch(onChange) {
      const off = changes.on(onChange)
      recording.isWatched = ++watchers > 0
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        off()
        recording.isWatched = --watchers > 0
      }
    },
    arrived(message: PullMessage, isOwn: boolean) {
      recording.seq++
      messages.push(message)
      if (isOwn) own.add(message)
      if (watchers) changes.emit({ kind: 'message', record: toRecord(recording.seq, message) })
    },
    listener(caller, wants) {
      const at = placeHere((found) => {
        listener.place = found
        recording.changed(listener)
      })
      const listener = new Listener(places++, at.caller ?? caller, at, wants, recording)
      live.add(listener)
      all = null
      if (watchers) changes.emit({ kind: 'listener', record: listener })
      return listener
    },
    shows(caller, read) {
      const use = { id: places++, caller, read, place: placeHere(found => use.place = found) as Place }
      uses.add(use)
      // Of those without an end, the oldest go.
      if (uses.size > LIMITS.uses) uses.delete(uses.values().next().value!)
      if (watchers) changes.emit({ kind: 'uses' })
      return () => {
        if (uses.delete(use) && watchers) changes.emit({ kind: 'uses' })
      }
    },
    attach(of, connection) {
      pull = of
      return follow(connection)
    },
    tapCall: call => async (method, params) => {
      if (!method.startsWith('pull.application.')) return call(method, params)
      const from = performance.now()
      const record: { -readonly [Key in keyof SentRecord]: SentRecord[Key] } = { id: sent.total, at: epochNow(), method, ...readSent(method, params), ms: null, error: null }
      sent.push(record)
      if (watchers) changes.emit({ kind: 'sent', record })
      try {
        return await call(method, params)
      }
      catch (error) {
        record.error = error
        throw error
      }
      finally {
        record.ms = performance.now() - from
        if (watchers) changes.emit({ kind: 'sent', record })
      }
    },
  }
}

function readSent(method: string, params: Record<string, unknown>): Pick<SentRecord, 'module' | 'command' | 'params' | 'userId'> {
  const { MODULE_ID, COMMAND, PARAMS, USER_ID, ...others } = params
  if (method !== EVENT_ADD) return { module: null, command: null, params: { ...others, ...(PARAMS !== undefined && { PARAMS }) }, userId: USER_ID ?? null }
  return { module: String(MODULE_ID), command: String(COMMAND), params: withoutMarks(PARAMS), userId: USER_ID ?? null }
}

function toVerdict({ kind, listener, ms, error }: Outcome): Verdict {
  return { kind, listener, ms, error, issues: error instanceof PullError ? error.issues ?? [] : [] }
}
