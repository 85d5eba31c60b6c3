import type { PgBoss } from 'pg-boss'
import type { QueuedEvent } from '../sender/queued-event'
import { createOrderedIds } from './ordered-ids'

/** Writes events into the queue: what comes while one write runs goes with the next, so that their order is kept. */
export interface Inserts {
  /** Resolves once the event is in the database. */
  add: (memberId: string, event: QueuedEvent) => Promise<void>
  /** Resolves when nothing is being written. */
  done: () => Promise<void>
}

interface Pending { memberId: string, event: QueuedEvent, resolve: () => void, reject: (error: unknown) => void }

export function createInserts(boss: PgBoss, queue: string, onInserted: () => void): Inserts {
  const nextId = createOrderedIds()
  let pending: Pending[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    // A turn of the event loop: what is sent in one go is one write.
    await new Promise(resolve => setImmediate(resolve))
    while (pending.length) {
      const now = pending
      pending = []
      try {
        await boss.insert(queue, now.map(({ memberId, event }) => ({ id: nextId(), data: event, singletonKey: memberId })))
        for (const { resolve } of now) resolve()
        onInserted()
      }
      catch (error) {
        for (const { reject } of now) reject(error)
      }
    }
    running = null
  }

  return {
    add: (memberId, event) => new Promise((resolve, reject) => {
      pending.push({ memberId, event, resolve, reject })
      running ??= run()
    }),
    async done() {
      await running
    },
  }
}
