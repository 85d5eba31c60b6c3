import type { PullMessage } from '../../types'
import { epochNow } from '../../utils/clock'
import { isNear } from './is-near'
import type { ListenerRecord, NearMiss } from './types'
import { isFor } from './verdicts'

/** ms for which somebody who listens no more is thought of. */
const RECENT = 60_000

/** A name that somebody may have meant. */
export type Address = Pick<PullMessage, 'module' | 'command' | 'type'>

/** Who of these nearly hears a message, and what is in the way. Nobody who hears it is among them. */
export function nearMisses(address: Address, listeners: readonly ListenerRecord[], now = epochNow()): NearMiss[] {
  return listeners.flatMap((listener) => {
    const kind = missOf(address, listener, now)
    return kind ? [{ kind, listener }] : []
  })
}

function missOf(address: Address, { wants, endedAt }: ListenerRecord, now: number): NearMiss['kind'] | null {
  if (endedAt !== null) return now - endedAt <= RECENT && isFor(address, wants) ? 'unmounted' : null
  if (wants.module === null || wants.type === 'online' || isFor(address, wants)) return null
  const module = wants.module.trim().toLowerCase()
  const isModule = module === '*' || module === address.module
  const isCommand = wants.commands.includes('*') || wants.commands.includes(address.command)
  if (isModule && isCommand) return 'type'
  if (wants.type !== address.type) return null
  if (isModule) {
    if (wants.commands.some(command => command.toLowerCase() === address.command.toLowerCase())) return 'case'
    return wants.commands.some(command => isNear(command, address.command)) ? 'typo' : null
  }
  // Who listens to all of another module means no command in particular.
  if (!wants.commands.includes(address.command)) return null
  return isNear(module, address.module) ? 'typo' : 'module'
}
