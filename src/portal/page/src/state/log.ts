import type { ShallowRef } from 'vue'
import type { LogEntry } from '../../../types'
import { shallowRef } from 'vue'

const KEPT = 2000
const COLLECT_MS = 200

export interface Log {
  /** Oldest first, at most two thousand. */
  readonly entries: Readonly<ShallowRef<readonly LogEntry[]>>
  /** How many are gone since the log was last emptied, here or in the portal. */
  readonly dropped: Readonly<ShallowRef<number>>
  /** Takes new entries, and old ones that have changed. */
  add: (entries: readonly LogEntry[], droppedByPortal: number) => void
  replace: (entries: readonly LogEntry[], droppedByPortal: number) => void
}

/** Keeps the log. What arrives is collected: under a storm the page draws a few times a second, not per entry. */
export function createLog(): Log {
  const entries = shallowRef<readonly LogEntry[]>([])
  const dropped = shallowRef(0)
  let byId = new Map<number, LogEntry>()
  let droppedHere = 0
  let droppedThere = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function keep(added: readonly LogEntry[]) {
    for (const entry of added) byId.set(entry.id, entry)
    // A Map keeps the order of insertion, in which a changed entry stays where it was.
    for (const id of byId.keys()) {
      if (byId.size <= KEPT) break
      byId.delete(id)
      droppedHere++
    }
  }

  function show() {
    timer = undefined
    entries.value = [...byId.values()]
    dropped.value = Math.max(droppedHere, droppedThere)
  }

  return {
    entries,
    dropped,
    add(added, droppedByPortal) {
      keep(added)
      droppedThere = droppedByPortal
      timer ??= setTimeout(show, COLLECT_MS)
    },
    replace(all, droppedByPortal) {
      clearTimeout(timer)
      byId = new Map()
      droppedHere = 0
      droppedThere = droppedByPortal
      keep(all)
      show()
    },
  }
}
