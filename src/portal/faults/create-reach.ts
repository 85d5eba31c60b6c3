import type { Tokens } from '../people/tokens'
import type { Channel } from '../push/channels'
import { privateKey } from '../push/channels'
import { createBody } from '../push/message-body'
import type { Push } from '../push/push'
import { isoDate } from '../rest/time'
import type { ExpiringChannel, FaultReach } from './reach'

export interface FaultReachDeps {
  push: Push
  tokens: Tokens
}

/** The portal's parts as faults get hold of them. */
export function createFaultReach({ push: { hub, channels, replace }, tokens }: FaultReachDeps): FaultReach {
  const keyOf = (userId: number | null) => userId === null ? 'shared' : privateKey(userId)

  return {
    clientId: channels.clientId,
    cut: hub.terminateAll,
    closeAll: hub.closeAll,
    replaceServer: replace,
    announce(channel, command, params) {
      const receivers = channel === 'shared' ? [null] : [...new Set(hub.connections.map(({ userId }) => userId))]
      for (const userId of receivers) hub.publish(keyOf(userId), { body: createBody('pull', command, params(userId)), keep: false })
    },
    renewChannel(userId) {
      const { before, after } = channels.renew(keyOf(userId))
      return { before: toClient(before), after: toClient(after) }
    },
    foreignChannels: () => ({ before: toClient(channels.foreign()), after: toClient(channels.foreign()) }),
    releaseHeld: hub.releaseHeld,
    expireTokens: tokens.expireAll,
  }
}

function toClient({ id, publicId, type, start, end }: Channel): ExpiringChannel {
  return { id, start: isoDate(start), end: isoDate(end), type, ...(type === 'private' ? { public_id: publicId } : {}) }
}
