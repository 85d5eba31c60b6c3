import { createPageId } from '../../../utils/page-id'
import type { LeaderMessage } from './wire'

/** More than a leader sends while the browser answers who holds the lock. What comes beyond is missed, and counted as such. */
const MAX_WAITING = 1_000
/** So many may claim to lead at the same time. */
const MAX_CLAIMS = 8

/**
 * What leaders say, let through once it is known that they do lead: whoever holds the lock. A page that was frozen, or that has not yet
 * noticed that the lock was taken from it, goes on talking.
 */
export interface Inbox {
  hear: (message: LeaderMessage) => void
  /** This frame leads. */
  leadMyself: (epoch: string) => void
  /** Nobody is believed any more. */
  forget: () => void
}

/** An epoch is named after the page that leads, by the browser's name for it. */
export const createEpoch = (holder: string | null): string => `${holder} ${createPageId()}`
export const holderOf = (epoch: string): string => epoch.slice(0, epoch.indexOf(' '))

export interface InboxOptions {
  /** Whether this is the epoch of whoever holds the lock. */
  isHolder: (epoch: string) => Promise<boolean>
  /** Told, before its messages come, that another frame leads. */
  onLeader: (epoch: string) => void
  onMessage: (message: LeaderMessage) => void
}

export function createInbox({ isHolder, onLeader, onMessage }: InboxOptions): Inbox {
  let believed: string | null = null
  /** Whether who is believed has said that it leads no more. */
  let hasLeft = false
  const claims = new Map<string, LeaderMessage[]>()

  async function check(epoch: string, waiting: LeaderMessage[]): Promise<void> {
    const isTrue = await isHolder(epoch).catch(() => false)
    if (claims.get(epoch) !== waiting) return
    claims.delete(epoch)
    if (!isTrue || !mayLead(epoch)) return
    believed = epoch
    hasLeft = false
    onLeader(epoch)
    for (const message of waiting) {
      hasLeft ||= message.kind === 'bye'
      pass(message)
    }
  }

  /** A page leads once at a time: it does not begin anew without having said that it is over. Else its name would be enough to speak for it. */
  function mayLead(epoch: string): boolean {
    return believed === null || hasLeft || holderOf(epoch) !== holderOf(believed)
  }

  /** A listener may have made this frame the leader, or have stopped it. */
  function pass(message: LeaderMessage): void {
    if (message.epoch === believed) onMessage(message)
  }

  return {
    hear(message) {
      const { epoch, kind } = message
      if (epoch === believed) {
        hasLeft ||= kind === 'bye'
        return onMessage(message)
      }
      const waiting = claims.get(epoch)
      if (waiting) return void (waiting.length < MAX_WAITING && waiting.push(message))
      if ((kind !== 'lead' && kind !== 'state') || claims.size >= MAX_CLAIMS) return
      const claim = [message]
      claims.set(epoch, claim)
      void check(epoch, claim)
    },
    leadMyself(epoch) {
      believed = epoch
      hasLeft = true
      claims.clear()
    },
    forget() {
      believed = null
      claims.clear()
    },
  }
}
