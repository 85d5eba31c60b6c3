import type { PullSenderFigures } from './types'
import { callSafely } from './report'

/** Counts of a sender, told once for all that changes in one go. */
export interface Figures {
  readonly now: PullSenderFigures
  add: (change: Partial<PullSenderFigures>) => void
}

export function createFigures(onFigures: ((figures: PullSenderFigures) => void) | undefined): Figures {
  let now: PullSenderFigures = { queued: 0, sent: 0, collapsed: 0, failed: 0, requests: 0 }
  let isDue = false

  function tell(): void {
    isDue = false
    callSafely(onFigures, now)
  }

  return {
    get now() {
      return now
    },
    add(change) {
      now = {
        queued: now.queued + (change.queued ?? 0),
        sent: now.sent + (change.sent ?? 0),
        collapsed: now.collapsed + (change.collapsed ?? 0),
        failed: now.failed + (change.failed ?? 0),
        requests: now.requests + (change.requests ?? 0),
      }
      if (isDue || !onFigures) return
      isDue = true
      // A turn of the event loop: a burst of send() is one change.
      setImmediate(tell)
    },
  }
}
