import type { PullMessage } from '../../types'
import { epochNow } from '../../utils/clock'
import { slipsBetween } from './is-near'
import type { ListenerRecord, NearMiss } from './types'
import { isFor } from './verdicts'

/** ms for which somebody who listens no more is thought of. */
const RECENT = 60_000

/** A name that somebody may have meant. */
export type Address = Pick<PullMessage, 'module' | 'command' | 'type'>

/** How sure a near miss is, the surest first. */
const RANKS: readonly NearMiss['kind'][] = ['case', 'type', 'unmounted', 'module', 'typo']

export const rankOf = ({ kind, slips }: NearMiss): number => RANKS.indexOf(kind) + slips / 10

/** Who of these nearly hears a message, and what is in the way, the surest first. Nobody who hears it is among them. */
export function nearMisses(address: Address, listeners: readonly ListenerRecord[], now = epochNow()): NearMiss[] {
  return listeners.flatMap(listener => missOf(address, listener, now) ?? []).sort((a, b) => rankOf(a) - rankOf(b))
}

function missOf(address: Address, listener: ListenerRecord, now: number): NearMiss | null {
  const { wants, endedAt } = listener
  const miss = (kind: NearMiss['kind'], slips: number | null = 0): NearMiss | null => slips === null ? null : { kind, slips, listener }
  if (endedAt !== null) return now - endedAt <= RECENT && isFor(address, wants) ? miss('unmounted') : null
  if (wants.module === null || wants.type === 'online' || isFor(address, wants)) return null
  const module = wants.module.trim().toLowerCase()
  const isModule = module === '*' || module === address.module
  if (isModule && (wants.commands.includes('*') || wants.commands.includes(address.command))) return miss('type')
  if (wants.type !== address.type) return null
  if (isModule) {
    if (wants.commands.some(command => command.toLowerCase() === address.command.toLowerCase())) return miss('case')
    const slips = wants.commands.flatMap(command => slipsBetween(command, address.command) ?? [])
    return miss('typo', slips.length ? Math.min(...slips) : null)
  }
  // Who listens to all of another module means no command in particular.
  if (!wants.commands.includes(address.command)) return null
  const slips = slipsBetween(module, address.module)
  return slips === null ? miss('module') : miss('typo', slips)
}
