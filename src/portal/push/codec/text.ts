import type { PushMessage } from '../types'
import type { Codec } from './codec'

/** Generation 3: text between marks, several messages in one frame. */
export const textCodec: Codec = {
  contentType: 'text/plain; charset=utf-8',
  frames: messages => (messages.length === 0 ? [] : [encode(messages)]),
  body: encode,
}

function encode(messages: readonly PushMessage[]): string {
  return messages.map(message => `#!NGINXNMS!#${toJson(message)}#!NGINXNME!#`).join('')
}

function toJson({ id, body, sender, created }: PushMessage): string {
  const text = { ...body, extra: { ...body.extra, sender } }
  const json = JSON.stringify({ id: Number.parseInt(id, 16), mid: id, channel: '', tag: '', time: new Date(created).toUTCString(), text })
  // What would end the frame, or the line that the client's pattern reads, travels escaped.
  return json.replaceAll('#!NGINX', '\\u0023!NGINX').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
