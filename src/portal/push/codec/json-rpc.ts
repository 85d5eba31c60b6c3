import type { PushMessage } from '../types'
import type { Codec } from './codec'

/** Generation 5: one JSON-RPC notification-with-id a message; a poll's answer holds a JSON-RPC batch where there are several. */
export const jsonRpcCodec: Codec = {
  contentType: 'application/json; charset=utf-8',
  frames: messages => messages.map(toRequest),
  body: messages => (messages.length === 1 ? messages.map(toRequest).join('') : `[${messages.map(toRequest).join(',')}]`),
}

/** The body is written once, when the message is made. */
function toRequest({ id, json, sender }: PushMessage): string {
  return `{"jsonrpc":"2.0","method":"incoming.message","id":"${id}","params":{"mid":"${id}","body":${json},"sender":${JSON.stringify(sender)}}}`
}
