import type { ShallowRef } from 'vue'
import type { LogEntry } from '../../../types'
import { shallowRef } from 'vue'

const KEPT = 1000

export interface Log {
  /** Oldest first, at most a thousand. */
  readonly entries: Readonly<ShallowRef<readonly LogEntry[]>>
  add: (entries: readonly LogEntry[]) => void
  replace: (entries: readonly LogEntry[]) => void
}

/** Keeps the log. What arrives is collected: under a storm the page draws a few times a second, not per entry. */
export function createLog(): Log {
  const entries = shallowRef<readonly LogEntry[]>([])
  let waiting: LogEntry[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    timer = undefined
    entries.value = [...entries.value, ...waiting].slice(-KEPT)
    waiting = []
  }

  return {
    entries,
    add(added) {
      waiting = [...waiting, ...added].slice(-KEPT)
      timer ??= setTimeout(flush, 200)
    },
    replace(all) {
      waiting = []
      entries.value = all.slice(-KEPT)
    },
  }
}
