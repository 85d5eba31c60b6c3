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
  /**
   * Reads first what earlier runs took and did not confirm, because a handler threw or the run was killed. Not while another run of the
   * same portal goes on: it would read that one's events, too. @default false
   */
  resume?: boolean
  /**
   * Whether the portal keeps events until they were handled, for which it needs a plan with `rest_offline_extended`. `false` works on
   * every plan: the portal forgets them as it hands them out, and a run that is killed or a handler that throws loses some. @default true
   */
  confirm?: boolean
}

/** What a run came to. */
export interface DrainAnswer {
  /** Events that were handled. */
  readonly handled: number
  /** Events whose handler threw. They wait at the portal for a run with `resume`; without `confirm` they are lost. */
  readonly failed: number
  /** REST requests that it took. */
  readonly requests: number
}
