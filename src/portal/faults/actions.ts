import type { Tokens } from '../people/tokens'
import { privateKey } from '../push/channels'
import { createBody } from '../push/message-body'
import type { Push } from '../push/push'
import { CLOSE } from '../push/types'
import { isoDate } from '../rest/time'
import type { FaultActions } from './faults'

export interface FaultActionDeps {
  push: () => Push
  tokens: Tokens
}

/** What the faults that happen at once do. The others are asked for by the parts that they disturb. */
export function createFaultActions({ push, tokens }: FaultActionDeps): FaultActions {
  /** A command of the platform's own module `pull`; it is worth nothing later, so nobody finds it in history. */
  function control(key: Parameters<Push['hub']['publish']>[0], command: string, params: Record<string, unknown>): void {
    push().hub.publish(key, { body: createBody('pull', command, params), keep: false })
  }

  return {
    'cut-connections': ({ userId }) => push().hub.terminateAll(userId),
    'channel-expire': ({ action, channel: type }) => {
      const { channels, hub } = push()
      const keys = type === 'shared' ? ['shared' as const] : [...new Set(hub.connections.map(({ userId }) => privateKey(userId)))]
      for (const key of keys) {
        const { before, after } = channels.renew(key)
        const replacement = { id: after.id, start: isoDate(after.start), end: isoDate(after.end), type, ...(type === 'private' ? { public_id: after.publicId } : {}) }
        control(key, 'channel_expire', {
          action,
          channel: { id: before.id, type },
          ...(action === 'reconnect' ? { new_channel: replacement } : {}),
        })
      }
    },
    'config-expire': () => {
      control('shared', 'config_expire', {})
    },
    'server-restart': () => {
      control('shared', 'server_restart', {})
      push().hub.closeAll(CLOSE.serverGone, 'server restart')
    },
    'expire-tokens': () => tokens.expireAll(),
  }
}
