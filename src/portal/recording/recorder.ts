import { appendFileSync, writeFileSync } from 'node:fs'
import type { RecordedEntry } from '../../runtime/recording/entries'
import { createRecordingWriter, writeEntry, writeHeader } from '../../runtime/recording/write-recording'
import type { EventOrigin, PortalEvent } from '../emit'
import { createBody } from '../push/message-body'

/** Lines of a recording by the page; what goes to a file has no limit. */
const LIMIT = 10_000

/** Records what the portal sends its pages, secrets masked. */
export interface PortalRecorder {
  /** Whether the page records. */
  readonly isOn: boolean
  /** Begins a recording for the page; one that is under way is forgotten. */
  start: () => void
  /** Ends it, and answers the text; `null` where there was none. */
  stop: () => string | null
  /** An event goes out. */
  sent: (event: PortalEvent, origin: EventOrigin) => void
  /** So many pages are connected now. */
  connections: (count: number) => void
}

interface Sink {
  startedAt: number
  add: (entry: RecordedEntry) => void
}

/**
 * @param file to which everything is written from the start; `null` = none
 * @param userId of whom the recording is
 */
export function createPortalRecorder(file: string | null, userId: () => number): PortalRecorder {
  let isConnected = false
  let own: (Sink & { text: () => string }) | null = null
  const toFile = file === null ? null : createFileSink(file, userId())

  function add(write: (at: number) => RecordedEntry): void {
    for (const sink of [toFile, own]) sink?.add(write(Date.now() - sink.startedAt))
  }

  return {
    get isOn() {
      return own !== null
    },
    start() {
      const startedAt = Date.now()
      own = { startedAt, ...createRecordingWriter({ startedAt, status: isConnected ? 'connected' : 'connecting', userId: userId() }, LIMIT) }
    },
    stop() {
      const text = own?.text() ?? null
      own = null
      return text
    },
    sent({ module, command, params = {}, userId: to, extra }, origin) {
      const body = createBody(module, command, params, extra)
      const plain = Array.isArray(params) ? { ...params } : params as Record<string, unknown>
      if (origin === 'rest') add(at => ({ at, kind: 'sent', module: body.module_id, command, params: plain, userId: to ?? null, error: null }))
      add(at => ({ at, kind: 'message', module: body.module_id, command, params: plain, extra: body.extra, type: 'server', receivedAt: Date.now(), source: 'push', ...(to !== undefined && { to: [to].flat() }) }))
    },
    connections(count) {
      const isThere = count > 0
      if (isThere === isConnected) return
      isConnected = isThere
      add(at => ({ at, kind: 'status', status: isConnected ? 'connected' : 'reconnecting', reason: null, attempt: isConnected ? 0 : 1, retryIn: null }))
    },
  }
}

/** A line at a time, so that what was recorded is there however the portal ends. */
function createFileSink(file: string, userId: number): Sink {
  const startedAt = Date.now()
  writeFileSync(file, `${writeHeader({ startedAt, status: 'connecting', userId, dropped: 0 })}\n`)
  return { startedAt, add: entry => appendFileSync(file, `${writeEntry(entry)}\n`) }
}
