import type { ServerVersion } from '../../types'
import type { PushMessage } from '../types'
import { jsonRpcCodec } from './json-rpc'
import { protobufCodec } from './protobuf'
import { textCodec } from './text'

/** What travels in one WebSocket frame, or in one answer to a poll. */
export type Frame = string | Uint8Array<ArrayBuffer>

/** How one generation of the push server writes messages. */
export interface Codec {
  readonly contentType: string
  /** Frames for a socket, in order. */
  frames: (messages: readonly PushMessage[]) => Frame[]
  /** One body for a poll's answer. */
  body: (messages: readonly PushMessage[]) => Frame
}

/** The codec of a generation. */
export function codecOf(version: ServerVersion): Codec {
  switch (version) {
    case 5: return jsonRpcCodec
    case 4: return protobufCodec
    case 3: return textCodec
  }
}
