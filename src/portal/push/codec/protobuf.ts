import type { PushMessage } from '../types'
import type { Codec } from './codec'
import { encodeResponseBatch } from './protobuf-schema'

/** Generation 4: all messages in one protobuf batch, for a socket as for a poll. */
export const protobufCodec: Codec = {
  contentType: 'application/octet-stream',
  frames: messages => (messages.length === 0 ? [] : [encode(messages)]),
  body: encode,
}

function encode(messages: readonly PushMessage[]): Uint8Array<ArrayBuffer> {
  return encodeResponseBatch(messages.map(({ id, json, expiry, created, sender }) => ({
    id: Buffer.from(id, 'hex'),
    body: json,
    expiry,
    created: Math.floor(created / 1_000),
    sender: { type: sender.type, id: sender.id === undefined ? null : Buffer.from(sender.id, 'hex') },
  })))
}
