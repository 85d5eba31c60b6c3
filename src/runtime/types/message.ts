/** Payload of a message: always a plain object, read-only (and frozen in development builds). */
export type PullParams = Readonly<Record<string, unknown>>

/** What kind of sender a message comes from; `online` are the platform's presence events. */
export type PullMessageType = 'server' | 'client' | 'online'

/** A message as handlers, hooks and the store see it. */
export interface PullMessage<Params = PullParams> {
  /** Module id, in lower case. */
  readonly module: string
  readonly command: string
  readonly params: Params
  /** What the platform says about the message, for example `server_time_unix` (s). */
  readonly extra: Readonly<Record<string, unknown>>
  readonly type: PullMessageType
  /** ms since epoch */
  readonly receivedAt: number
  readonly source: 'push' | 'poll' | 'test'
}
