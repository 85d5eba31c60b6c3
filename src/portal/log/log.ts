import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogEntry } from '../types'
import { maskText, maskWithin } from '../security/mask'

const LIMIT = 2_000

/** Characters, about, of one entry and of all: the whole log is sent to every page that opens. */
const MAX_ENTRY_SIZE = 32_000
const MAX_SIZE = 8_000_000

/** What a part of the portal says when something goes by; what is left out is null. */
export type LogInput = Pick<LogEntry, 'source' | 'direction' | 'title'> & Partial<Omit<LogEntry, 'id' | 'time' | 'causeId' | 'isPending'>>

export type LogListener = (event: { type: 'added' | 'changed', entry: LogEntry } | { type: 'cleared' }) => void

/** An entry that stands in the log from its beginning, and whose end is still to come. */
export interface OpenEntry {
  /** Does the work; what is logged in the course of it names this entry as its cause. */
  run: <T>(work: () => T) => T
  /** Says how it ended. */
  end: (outcome: Partial<Pick<LogEntry, 'level' | 'title' | 'status' | 'durationMs' | 'details'>>) => void
}

export interface PortalLog {
  readonly entries: readonly LogEntry[]
  /** How many entries have been let go since the log was last emptied. */
  readonly dropped: number
  add: (input: LogInput) => void
  /** Adds an entry before its work is done. */
  begin: (input: LogInput) => OpenEntry
  clear: () => void
  subscribe: (listener: LogListener) => () => void
}

/** The log of one portal: the last 2,000 entries, fewer where they are large, masked before they are kept, so that no reader can see a secret. */
export function createLog(): PortalLog {
  const listeners = new Set<LogListener>()
  const cause = new AsyncLocalStorage<number>()
  const sizes = new Map<number, number>()
  let entries: LogEntry[] = []
  let size = 0
  let dropped = 0
  let lastId = 0

  function tell(event: Parameters<LogListener>[0]): void {
    for (const listener of [...listeners]) listener(event)
  }

  /** Details that are safe to show, and small enough to keep; counts them for this entry. */
  function keep(id: number, details: unknown): unknown {
    const copy = maskWithin(details ?? null, MAX_ENTRY_SIZE)
    size += copy.size - (sizes.get(id) ?? 0)
    sizes.set(id, copy.size)
    return copy.value
  }

  /** The oldest go, until what is left is few and small enough. */
  function shrink(): void {
    let over = Math.max(0, entries.length - LIMIT)
    for (let at = 0; at < entries.length - 1 && (at < over || size > MAX_SIZE); at++) {
      const { id } = entries[at]!
      size -= sizes.get(id) ?? 0
      sizes.delete(id)
      over = Math.max(over, at + 1)
    }
    if (over === 0) return
    dropped += over
    entries = entries.slice(over)
  }

  function insert(input: LogInput, isPending: boolean): LogEntry {
    const id = ++lastId
    const entry: LogEntry = {
      level: 'info',
      userId: null,
      frameId: null,
      connectionId: null,
      status: null,
      durationMs: null,
      ...input,
      id,
      time: Date.now(),
      causeId: cause.getStore() ?? null,
      isPending,
      title: maskText(input.title),
      details: keep(id, input.details),
    }
    entries.push(entry)
    shrink()
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
            ...(details === undefined ? {} : { details: keep(id, details) }),
            isPending: false,
          }
          entries = entries.with(at, entry)
          tell({ type: 'changed', entry })
        },
      }
    },
    clear() {
      entries = []
      sizes.clear()
      size = 0
      dropped = 0
      tell({ type: 'cleared' })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
