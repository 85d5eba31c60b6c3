import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogEntry } from '../types'
import { maskSecrets, maskText } from '../security/mask'

const LIMIT = 2_000

/** What a part of the portal says when something goes by; what is left out is null. */
export type LogInput = Pick<LogEntry, 'source' | 'direction' | 'title'> & Partial<Omit<LogEntry, 'id' | 'time' | 'causeId' | 'isPending'>>

export type LogListener = (event: { type: 'added' | 'changed', entry: LogEntry } | { type: 'cleared' }) => void

/** An entry that stands in the log from its beginning, and whose end is still to come. */
export interface OpenEntry {
  /** Does the work; what is logged in the course of it names this entry as its cause. */
  run<T>(work: () => T): T
  /** Says how it ended. */
  end(outcome: Partial<Pick<LogEntry, 'level' | 'title' | 'status' | 'durationMs' | 'details'>>): void
}

export interface PortalLog {
  readonly entries: readonly LogEntry[]
  /** How many entries have been let go since the log was last emptied. */
  readonly dropped: number
  add(input: LogInput): void
  /** Adds an entry before its work is done. */
  begin(input: LogInput): OpenEntry
  clear(): void
  subscribe(listener: LogListener): () => void
}

/** The log of one portal: the last 2,000 entries, masked before they are kept, so that no reader can see a secret. */
export function createLog(): PortalLog {
  const listeners = new Set<LogListener>()
  const cause = new AsyncLocalStorage<number>()
  let entries: LogEntry[] = []
  let dropped = 0
  let lastId = 0

  function tell(event: Parameters<LogListener>[0]): void {
    for (const listener of [...listeners]) listener(event)
  }

  function insert(input: LogInput, isPending: boolean): LogEntry {
    const entry: LogEntry = {
      level: 'info',
      userId: null,
      frameId: null,
      connectionId: null,
      status: null,
      durationMs: null,
      ...input,
      id: ++lastId,
      time: Date.now(),
      causeId: cause.getStore() ?? null,
      isPending,
      title: maskText(input.title),
      details: maskSecrets(input.details ?? null),
    }
    entries.push(entry)
    if (entries.length > LIMIT) {
      dropped += entries.length - LIMIT
      entries = entries.slice(-LIMIT)
    }
    tell({ type: 'added', entry })
    return entry
  }

  return {
    get entries() {
      return entries
    },
    get dropped() {
      return dropped
    },
    add(input) {
      insert(input, false)
    },
    begin(input) {
      const { id } = insert(input, true)
      return {
        run: work => cause.run(id, work),
        end({ title, details, ...outcome }) {
          const at = entries.findLastIndex(entry => entry.id === id)
          const begun = entries[at]
          // It may have been let go meanwhile.
          if (!begun) return
          const entry: LogEntry = {
            ...begun,
            ...outcome,
            ...(title === undefined ? {} : { title: maskText(title) }),
            ...(details === undefined ? {} : { details: maskSecrets(details) }),
            isPending: false,
          }
          entries = entries.with(at, entry)
          tell({ type: 'changed', entry })
        },
      }
    },
    clear() {
      entries = []
      dropped = 0
      tell({ type: 'cleared' })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
