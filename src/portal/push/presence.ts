import type { PortalUser } from '../types'
import { createBody } from './message-body'
import type { Hub } from './hub'
import { privateKey } from './channels'

/** Who wants to hear about whose comings and goings. */
export interface Presence {
  subscribe: (connectionId: string, userId: number) => void
  unsubscribe: (connectionId: string, userId: number) => void
  forget: (connectionId: string) => void
  /** Tells the subscribers of generation 5. On older ones presence goes to the portal's own shared channel, which an application never hears. */
  announce: (user: PortalUser) => void
}

export interface PresenceDeps {
  hub: () => Hub
  /** Whether the generation at hand has subscriptions. */
  isSubscribed: () => boolean
}

/** Presence of one portal. */
export function createPresence({ hub, isSubscribed }: PresenceDeps): Presence {
  const wanted = new Map<string, Set<number>>()

  return {
    subscribe(connectionId, userId) {
      wanted.set(connectionId, (wanted.get(connectionId) ?? new Set()).add(userId))
    },
    unsubscribe(connectionId, userId) {
      wanted.get(connectionId)?.delete(userId)
    },
    forget(connectionId) {
      wanted.delete(connectionId)
    },
    announce(user) {
      if (!isSubscribed()) return
      const body = createBody('online', 'userStatusChange', { user_id: user.id, online: user.isOnline })
      const receivers = new Set(hub().connections
        .filter(connection => wanted.get(connection.id)?.has(user.id))
        .map(connection => connection.userId))
      for (const userId of receivers) hub().publish(privateKey(userId), { body, keep: false })
    },
  }
}
