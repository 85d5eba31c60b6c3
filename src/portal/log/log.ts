import type { LogEntry } from '../types'
import { maskSecrets, maskText } from '../security/mask'

const LIMIT = 2_000

/** What a part of the portal says when something goes by; what is left out is null. */
export type LogInput = Pick<LogEntry, 'source' | 'direction' | 'title'> & Partial<Omit<LogEntry, 'id' | 'time'>>

export type LogListener = (event: { type: 'added', entry: LogEntry } | { type: 'cleared' }) => void

export interface PortalLog {
  readonly entries: readonly LogEntry[]
  add(input: LogInput): void
  clear(): void
  subscribe(listener: LogListener): () => void
}

/** The log of one portal: the last 2,000 entries, masked before they are kept, so that no reader can see a secret. */
export function createLog(): PortalLog {
  const listeners = new Set<LogListener>()
  let entries: LogEntry[] = []
  let lastId = 0

  function tell(event: Parameters<LogListener>[0]): void {
    for (const listener of [...listeners]) listener(event)
  }

  return {
    get entries() {
      return entries
    },
    add(input) {
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
        title: maskText(input.title),
        details: maskSecrets(input.details ?? null),
      }
      entries.push(entry)
      if (entries.length > LIMIT) entries = entries.slice(-LIMIT)
      tell({ type: 'added', entry })
    },
    clear() {
      entries = []
      tell({ type: 'cleared' })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
