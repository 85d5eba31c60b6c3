import type { PushMessage } from '../types'

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
