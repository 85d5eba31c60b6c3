import { encodeResponseBatch } from '../../src/portal/push/codec/protobuf-schema'

export type WireVersion = 5 | 4 | 3
export type WireFrame = string | Uint8Array<ArrayBuffer>

/** What a message is made of; anything may stand anywhere. */
export interface WireMessage { mid?: unknown, body?: unknown, sender?: unknown }

let lastId = 0

/** An id earlier than those that the portal itself gives, so that it resends too much rather than too little after a cut. */
export const wireId = (): string => `0${(++lastId).toString(16).padStart(15, '0')}`

/** A good body, with what differs. */
export const wireBody = (change: Record<string, unknown> = {}): Record<string, unknown> =>
  ({ module_id: 'application', command: 'wire', params: {}, extra: {}, ...change })

/** Messages in one frame of this generation, good or bad as they are; a text stands for broken JSON. */
export function wireFrame(version: WireVersion, messages: readonly (WireMessage | string)[]): WireFrame {
  switch (version) {
    case 5: {
      const packets = messages.map(message => typeof message === 'string'
        ? message
        : JSON.stringify({ jsonrpc: '2.0', method: 'incoming.message', id: 1, params: { sender: { type: 2 }, ...message } }))
      return packets.length === 1 ? packets[0]! : `[${packets.join(',')}]`
    }
    case 4:
      return encodeResponseBatch(messages.map(message => ({
        id: Buffer.from(typeof message === 'object' && typeof message.mid === 'string' ? message.mid : '', 'hex'),
        body: typeof message === 'string' ? message : JSON.stringify(message.body) ?? '',
        expiry: 0,
        created: 0,
        sender: { type: 2, id: null },
      })))
    case 3:
      return messages.map((message) => {
        const text = typeof message === 'string' ? message : JSON.stringify({ id: 1, mid: message.mid, channel: '', tag: '', time: '', text: message.body })
        return `#!NGINXNMS!#${text}#!NGINXNME!#`
      }).join('')
  }
}
