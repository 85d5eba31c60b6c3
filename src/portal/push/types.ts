import type { ServerVersion, Transport } from '../types'

/** An object; or a list, as which PHP sends an empty one. */
export type EventParams = Record<string, unknown> | readonly unknown[]

/** The inside of a message, as the platform's back end makes it. */
export interface MessageBody {
  module_id: string
  command: string
  params: EventParams
  extra: Record<string, unknown>
}

/** 1 = another client, 2 = back end. `id` is the public channel id of the client. */
export interface MessageSender {
  type: 1 | 2
  id?: string
}

export interface PushMessage {
  /** 16 hexadecimal digits that only ever grow, over all channels: what comes later compares greater. */
  readonly id: string
  readonly body: MessageBody
  /** The body as JSON. */
  readonly json: string
  readonly sender: MessageSender
  /** ms since epoch */
  readonly created: number
  /** Seconds for which it is worth keeping; 0 = as long as there is room. */
  readonly expiry: number
}

/** One WebSocket, or one client that polls. */
export interface PushConnection {
  readonly id: string
  readonly userId: number
  readonly transport: Transport
  readonly version: ServerVersion
  readonly connectedAt: number
  /** Whose it is, where the credentials said so. */
  readonly frameId: string | null
  /** Nothing goes in or out. */
  readonly isFrozen: boolean
  freeze: (isOn: boolean) => void
  lastMessageId: string | null
  /** Sends messages in the frames of its generation. */
  deliver: (messages: readonly PushMessage[]) => void
  /** Sends what is no message: a ping, the answer to a call, or bytes that a test wants to see handled. */
  sendRaw: (frame: string | Uint8Array<ArrayBuffer>) => void
  /** Says goodbye with a close code. */
  close: (code: number, reason: string) => void
  /** Ends without a goodbye. */
  terminate: () => void
}

/** Close codes of the push server. */
export const CLOSE = {
  normal: 1000,
  serverGone: 1001,
  configReplaced: 3000,
  channelExpired: 3001,
  serverRestarted: 3002,
  configExpired: 3003,
  manual: 3004,
  stuck: 3005,
  wrongChannel: 4010,
  /** Who publishes has to name a channel of their own. */
  noPublicChannel: 4012,
  /** A user's 101st connection closes the oldest. */
  tooManyConnections: 4029,
} as const
