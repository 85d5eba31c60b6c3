import { cutBatch, nameOf } from './cut-batch'
import type { QueuedEvent } from './queued-event'

/** What waits for one portal, in its order. */
export class Lane {
  /** Whether a turn of this portal is running or waits for its place. */
  isBusy = false
  /** Failed turns in a row. */
  failures = 0
  /** When the first of them failed, in ms of a clock that never goes back. */
  failingSince = 0
  timer: ReturnType<typeof setTimeout> | undefined
  private waiting = new Map<string, QueuedEvent>()

  get size(): number {
    return this.waiting.size
  }

  /** @returns whether it took the place of an older event of its key */
  add(event: QueuedEvent): boolean {
    const name = nameOf(event)
    // Behind what has come since, as if the older one had never been.
    const isRepeat = this.waiting.delete(name)
    this.waiting.set(name, event)
    return isRepeat
  }

  has(event: QueuedEvent): boolean {
    return this.waiting.has(nameOf(event))
  }

  /** As many as one request carries. */
  take(): QueuedEvent[] {
    const batch = cutBatch(this.waiting.values())
    for (const event of batch) this.waiting.delete(nameOf(event))
    return batch
  }

  /**
   * Puts back to the front what could not be sent.
   *
   * @returns how many were dropped, because a newer event of their key has come since
   */
  giveBack(events: readonly QueuedEvent[]): number {
    const old = events.filter(event => !this.has(event))
    this.waiting = new Map([...old.map((event): [string, QueuedEvent] => [nameOf(event), event]), ...this.waiting])
    return events.length - old.length
  }

  dropOldest(): QueuedEvent | undefined {
    const [oldest] = this.waiting.values()
    if (oldest) this.waiting.delete(nameOf(oldest))
    return oldest
  }

  clear(): QueuedEvent[] {
    const all = [...this.waiting.values()]
    this.waiting.clear()
    return all
  }
}
