import type { FaultBoard } from '../faults/faults'
import type { ChannelKey } from './channels'
import { privateKey } from './channels'
import { createDelayLine } from './delay-line'
import type { History } from './history'
import { writeBody } from './message-body'
import type { MessageBody, MessageSender, PushConnection, PushMessage } from './types'
import { CLOSE } from './types'

/** Connections that a user's private channel holds. */
const MAX_CONNECTIONS = 100

export interface Publication {
  body: MessageBody
  sender?: MessageSender
  /** Seconds; 0 = no end. @default 0 */
  expiry?: number
  /** Keep for those who come back. Presence is not kept: it is worth nothing later. @default true */
  keep?: boolean
}

export interface Hub {
  readonly connections: readonly PushConnection[]
  connectionsOf: (userId: number) => readonly PushConnection[]
  /**
   * Sends into a channel; answers the message's id.
   *
   * @throws PortalError `PORTAL_BAD_EVENT` when it cannot be written
   */
  publish: (key: ChannelKey, publication: Publication) => string
  /** Lets a connection in; what came after its `mid` is sent first. */
  join: (connection: PushConnection, mid: string | null) => void
  leave: (connection: PushConnection) => void
  /** Sends what the fault reorder-messages holds back, the last first. */
  releaseHeld: () => void
  closeAll: (code: number, reason: string) => void
  terminateAll: (userId?: number) => void
  dispose: () => void
}

export interface HubDeps {
  history: History
  nextId: () => string
  faults: Pick<FaultBoard, 'take' | 'settingsOf'>
  onConnections: (userId: number, count: number) => void
  onSent: (message: PushMessage, key: ChannelKey, receivers: number) => void
  /** Why an event of this JSON is too large for the server as it is now, or null. */
  whyTooLarge: (json: string) => string | null
  /** It was too large: nobody gets it. */
  onDropped: (message: PushMessage, key: ChannelKey, why: string) => void
}

/** Who listens to which channel, and the way of a message to them. Private channels and the shared one never mix. */
export function createHub({ history, nextId, faults, onConnections, onSent, whyTooLarge, onDropped }: HubDeps): Hub {
  const byUser = new Map<number, Set<PushConnection>>()
  const line = createDelayLine()
  let held: { key: ChannelKey, message: PushMessage }[] = []

  const all = (): PushConnection[] => [...byUser.values()].flatMap(set => [...set])
  const of = (userId: number): PushConnection[] => [...(byUser.get(userId) ?? [])]

  function listenersOf(key: ChannelKey): PushConnection[] {
    return key === 'shared' ? all() : of(Number(key.slice('user:'.length)))
  }

  function deliver(key: ChannelKey, messages: readonly PushMessage[]): void {
    for (const connection of listenersOf(key)) {
      connection.deliver(messages)
      connection.lastMessageId = messages.at(-1)?.id ?? connection.lastMessageId
    }
  }

  function send(key: ChannelKey, message: PushMessage): void {
    onSent(message, key, listenersOf(key).length)
    const repeated = faults.take('repeat-messages') ? [message, message] : [message]
    const delay = faults.settingsOf('push-delay')
    if (delay) line.push(() => deliver(key, repeated), delay.ms + Math.random() * delay.jitter)
    else line.flushThen(() => deliver(key, repeated))
  }

  function releaseHeld(): void {
    const backwards = held.reverse()
    held = []
    for (const { key, message } of backwards) send(key, message)
  }

  return {
    get connections() {
      return all()
    },
    connectionsOf: of,
    publish(key, { body, sender = { type: 2 }, expiry = 0, keep = true }) {
      const message: PushMessage = { id: nextId(), body, json: writeBody(body), sender, created: Date.now(), expiry }
      const tooLarge = whyTooLarge(message.json)
      if (tooLarge !== null) {
        onDropped(message, key, tooLarge)
        return message.id
      }
      if (faults.take('drop-messages')) {
        onSent(message, key, 0)
        return message.id
      }
      if (keep) history.add(key, message)
      if (faults.settingsOf('reorder-messages')) {
        held.push({ key, message })
        // Releases them when this was the last one.
        faults.take('reorder-messages')
      }
      else {
        send(key, message)
      }
      return message.id
    },
    join(connection, mid) {
      const set = byUser.get(connection.userId) ?? new Set()
      // Told before it listens: nobody hears of their own coming.
      onConnections(connection.userId, set.size + 1)
      byUser.set(connection.userId, set.add(connection))
      if (set.size > MAX_CONNECTIONS) [...set][0]?.close(CLOSE.tooManyConnections, 'Too many connections')
      connection.lastMessageId = mid
      const missed = mid === null ? [] : history.after(['shared', privateKey(connection.userId)], mid)
      if (missed.length > 0) {
        connection.deliver(missed)
        connection.lastMessageId = missed.at(-1)?.id ?? mid
      }
    },
    leave(connection) {
      const set = byUser.get(connection.userId)
      if (set?.delete(connection)) onConnections(connection.userId, set.size)
    },
    releaseHeld,
    closeAll(code, reason) {
      for (const connection of all()) connection.close(code, reason)
    },
    terminateAll(userId = 0) {
      for (const connection of userId === 0 ? all() : of(userId)) connection.terminate()
    },
    dispose: () => line.dispose(),
  }
}
