import { maskValue } from '../../utils/mask-secrets'
import { stepText } from './step-text'
import type { Inspector, InspectorChange } from './types'

/** Messages that become events of their own between two flushes; more are counted in one. */
const MOST = 20

/** One event of a timeline, as Vue DevTools take it. */
export interface TimelineEvent {
  time: number
  title: string
  subtitle?: string
  data: Record<string, unknown>
  logType?: 'default' | 'warning' | 'error'
}

/** Messages, sends, statuses and gaps as events, few enough to be drawn. */
export interface Timeline {
  add: (inspector: Inspector, change: InspectorChange) => void
  /** Tells of the messages since; by now their handlers have run. */
  flush: (inspector: Inspector) => void
}

export function createTimeline(tell: (event: TimelineEvent) => void): Timeline {
  let messages: Extract<InspectorChange, { kind: 'message' }>['record'][] = []
  let more = 0

  return {
    add(_inspector, change) {
      switch (change.kind) {
        case 'message':
          if (messages.length < MOST) messages.push(change.record)
          else more++
          return
        case 'sent': {
          const { module, command, method, params, ms, error, at } = change.record
          if (ms !== null) tell({ time: at, title: `sent ${module === null ? method : `${module}:${command}`}`, subtitle: error === null ? `${Math.round(ms)} ms` : 'refused', data: { params: maskValue(params), ms }, logType: error === null ? 'default' : 'error' })
          return
        }
        case 'connection': {
          const { at, status, role, reason, attempt, nextRetryAt, gap } = change.record
          tell({ time: at, title: stepText(change.record), data: { status, role, reason: maskValue(reason), attempt, nextRetryAt, gap }, logType: reason || gap ? 'warning' : 'default' })
        }
      }
    },
    flush({ verdictsOf }) {
      for (const record of messages) {
        const verdicts = verdictsOf(record)
        const { module, command, params, type, receivedAt } = record.message
        const isHeard = verdicts.some(({ kind }) => kind === 'heard')
        tell({ time: receivedAt, title: `${module}:${command}`, subtitle: verdicts.map(({ kind }) => kind).join(', ') || 'nobody', data: { type, params: maskValue(params) }, logType: isHeard ? 'default' : 'warning' })
      }
      const last = messages.at(-1)
      if (more && last) tell({ time: last.message.receivedAt, title: `${more} more messages`, data: {} })
      messages = []
      more = 0
    },
  }
}
