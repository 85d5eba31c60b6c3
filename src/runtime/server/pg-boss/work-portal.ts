import type { PgBoss } from 'pg-boss'
import type { PullError } from '../../utils/errors'
import { collapse, cutBatch } from '../sender/cut-batch'
import { deliver } from '../sender/deliver'
import type { DeliveryEars } from '../sender/deliver'
import type { Portals } from '../sender/portals'
import type { QueuedEvent } from '../sender/queued-event'

/** Jobs that are looked at behind the one at hand: repeats among them become one. */
const LOOK_AHEAD = 200

/** What came of a portal's turn. */
export interface PortalTurn {
  end: 'done' | 'later' | 'gone'
  error?: PullError
  /** Whether the job at hand is dealt with. */
  isHeadDone: boolean
  /** Events that were dropped for newer ones of their keys. */
  collapsed: number
}

/**
 * Sends what waits for one portal, as far as one request carries it: the job at hand, and those behind it.
 *
 * Nobody else works on this portal meanwhile: the queue gives out one job of a key. The jobs behind it are completed first: a process
 * that is killed in between sends again what it had sent, under the same ids, and receivers drop it.
 */
export async function workPortal(boss: PgBoss, queue: string, memberId: string, head: QueuedEvent, portals: Portals, ears: DeliveryEars): Promise<PortalTurn> {
  const behind = await boss.findJobs<QueuedEvent>(queue, { key: memberId, queued: true, limit: LOOK_AHEAD })
  const all = [head, ...behind.map(({ data }) => data)]
  const newest = collapse(all)
  const batch = cutBatch(newest)
  const delivery = await deliver(portals, memberId, batch, ears)

  const done = new Set(batch.slice(0, delivery.end === 'done' ? batch.length : delivery.done).map(({ id }) => id))
  const wanted = new Set(newest.map(({ id }) => id))
  const isOver = ({ id }: QueuedEvent): boolean => done.has(id) || !wanted.has(id)
  const over = behind.filter(({ data }) => isOver(data)).map(({ id }) => id)
  if (over.length) await boss.complete(queue, over, null, { includeQueued: true })
  return {
    end: delivery.end,
    ...(delivery.end !== 'done' && { error: delivery.error }),
    isHeadDone: isOver(head),
    collapsed: all.length - newest.length,
  }
}

/** Drops what waits for a portal. Answers how many that were. */
export async function dropPortal(boss: PgBoss, queue: string, memberId: string): Promise<number> {
  let dropped = 0
  for (;;) {
    const jobs = await boss.findJobs(queue, { key: memberId, queued: true, limit: 1_000 })
    if (!jobs.length) return dropped
    await boss.deleteJob(queue, jobs.map(({ id }) => id))
    dropped += jobs.length
  }
}
