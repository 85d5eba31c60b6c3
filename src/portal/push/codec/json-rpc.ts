import type { PushMessage } from '../types'
import type { Codec } from './codec'

/** Generation 5: one JSON-RPC notification-with-id a message; a poll's answer holds a JSON-RPC batch where there are several. */
export const jsonRpcCodec: Codec = {
  contentType: 'application/json; charset=utf-8',
  frames: messages => messages.map(message => JSON.stringify(toRequest(message))),
  body: messages => JSON.stringify(messages.length === 1 ? messages.map(toRequest)[0] : messages.map(toRequest)),
}

function toRequest(message: PushMessage): object {
  return {
    jsonrpc: '2.0',
    method: 'incoming.message',
    id: message.id,
    params: { mid: message.id, body: message.body, sender: message.sender },
  }
}
