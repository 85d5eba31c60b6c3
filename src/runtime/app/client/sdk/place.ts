import type { ConnectionIdentity } from './identity'

/** Where a connection stands in what the push server sends: what the next one has to know to go on. May leave the page. */
export interface Place {
  readonly identity: ConnectionIdentity
  /** Id of the last message; `null` = none received yet. */
  readonly lastId: string | null
  /** Of the push servers up to version 3, beside the id. */
  readonly tag: string | null
  readonly time: string | null
  /** The last sign of life of the server; ms since epoch. */
  readonly from: number
}
