import type { PgBoss } from 'pg-boss'
import type { PullDeliveryOptions } from '../sender/types'

/** Options of {@link createPgBossSender}. */
export interface PgBossSenderOptions extends PullDeliveryOptions {
  /** Started before: `await boss.start()`. It stays yours: `close()` of the sender does not stop it. */
  boss: PgBoss
  /** Name of the queue, which is made where it does not exist. @default 'b24-pull' */
  queue?: string
  /** Whether this process sends what is in the queue; a web server may leave that to a worker. @default true */
  work?: boolean
  /** Portals that this process calls at the same time, 1 or more. @default 10 */
  concurrency?: number
}
