/** A change that the portal kept for the app: of each object the newest only. */
export interface OfflineEvent {
  /** In capitals, such as `ONCRMDEALUPDATE`. */
  readonly name: string
  /** As the portal kept it. */
  readonly data: Readonly<Record<string, unknown>>
  /** Of the object that was changed, where `data` names one. */
  readonly id: number | null
  /** Names this state of this object within the queue. */
  readonly messageId: string
  /** When it was changed, as the portal writes it: ISO 8601 with its zone. */
  readonly at: string
}

/** Options of {@link drainOfflineEvents}. */
export interface DrainOptions {
  /** Source key by which the events were bound (`auth_connector`), where they were. */
  connector?: string
  /** Events that one request reads, from 1 to 1000. @default 1000 */
  pageSize?: number
  /** Reads first what an earlier run took and did not confirm, because it was killed: for the start of a server. @default false */
  resume?: boolean
}

/** What a run came to. */
export interface DrainAnswer {
  /** Events that were handled. */
  readonly handled: number
  /** Events that were given back, with the portal's mark of an error: later runs leave them out. */
  readonly failed: number
  /** REST requests that it took. */
  readonly requests: number
}
