import type { PullMessage } from '../../types'
import type { ListenerWants } from '../hub/probe'
import type { ListenerRecord, MessageRecord, Verdict } from './types'

/** Whether a message is what somebody wants. */
export function isFor({ module, command, type }: Pick<PullMessage, 'module' | 'command' | 'type'>, wants: ListenerWants): boolean {
  return type === wants.type
    && (wants.module === '*' || wants.module?.trim().toLowerCase() === module)
    && (wants.commands.includes('*') || wants.commands.includes(command))
}

/** What became of a message in a listener that noted nothing of it; `null` where it is none of its business. */
export function verdictOf({ seq, message, isOwn }: MessageRecord, listener: ListenerRecord): Verdict | null {
  const wants = listener.wantedAt(seq)
  if (!wants || !isFor(message, wants)) return null
  const kind = wants.state === 'active' ? (isOwn && wants.ignoreOwn ? 'own' : 'heard') : wants.state
  return { kind, listener, ms: null, error: null, issues: [] }
}
