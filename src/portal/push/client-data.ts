import type { PortalLog } from '../log/log'
import type { People } from '../people/people'
import type { Channels } from './channels'
import type { Hub } from './hub'
import { privateKey } from './channels'
import { decodeRequestBatch } from './codec/protobuf-schema'
import { bodyOf } from './message-body'
import { isMessageId } from './message-id'
import type { Presence } from './presence'
import { createRpcServer } from './rpc'
import type { PushConnection } from './types'

export interface ClientDataDeps {
  hub: Hub
  channels: Channels
  people: People
  presence: Presence
  log: PortalLog
}

/** Takes what clients say: acknowledgements, pongs, calls, publications. */
export function createClientData(deps: ClientDataDeps): (connection: PushConnection, data: string | Uint8Array) => void {
  const rpc = createRpcServer(deps)

  /** Generation 4 publishes in protobuf; there is no answer. */
  function takePublication(connection: PushConnection, bytes: Uint8Array): void {
    const common = { source: 'push' as const, direction: 'in' as const, userId: connection.userId, connectionId: connection.id }
    try {
      const messages = decodeRequestBatch(bytes)
      const sender = { type: 1 as const, id: deps.channels.of(privateKey(connection.userId)).publicId }
      for (const { receivers, body, expiry } of messages) {
        const channels = receivers.map(({ id, signature }) => deps.channels.findByPublicId(hex(id), hex(signature)))
        const publication = { body: bodyOf(JSON.parse(body)), sender, expiry }
        for (const key of new Set(channels.flatMap(channel => (channel ? [channel.key] : [])))) deps.hub.publish(key, publication)
      }
      deps.log.add({ ...common, title: 'Client publishes', details: { messages: messages.map(({ body }) => body) } })
    }
    catch (error) {
      deps.log.add({ ...common, level: 'warn', title: 'Client publishes bytes that make no sense', details: { bytes: bytes.byteLength, why: String(error) } })
    }
  }

  return (connection, data) => {
    if (typeof data !== 'string') {
      takePublication(connection, data)
      return
    }
    if (data === 'pong' || data === 'ping') return
    if (data.startsWith('mack:')) {
      const mid = data.slice('mack:'.length)
      if (isMessageId(mid)) connection.lastMessageId = mid
      return
    }
    const { answer, method } = rpc(data, { userId: connection.userId, connectionId: connection.id })
    deps.log.add({
      source: 'push',
      direction: 'in',
      level: method === 'unreadable' ? 'warn' : 'info',
      title: `Client calls ${method}`,
      userId: connection.userId,
      connectionId: connection.id,
      details: { data, answer },
    })
    if (answer !== null) connection.sendRaw(answer)
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
