import type { RecordedEntry } from '../../runtime/recording/entries'
import { createRecordingWriter } from '../../runtime/recording/write-recording'
import type { EventOrigin, PortalEvent } from '../emit'
import { createBody } from '../push/message-body'
import type { RecordingSink } from './file-sink'

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

/**
 * @param file gets everything from the start; `null` = there is none
 * @param userId of whom the recording is
 * @param tellProblem told once, when a line cannot be written
 */
export function createPortalRecorder(file: RecordingSink | null, userId: () => number, tellProblem: (line: string) => void): PortalRecorder {
  let isConnected = false
  let own: (RecordingSink & { text: () => string }) | null = null
  let toFile = file && guard(file)

  function add(write: (at: number) => RecordedEntry): void {
    for (const sink of [toFile, own]) sink?.add(write(Date.now() - sink.startedAt))
  }

  /** Whoever sends, or connects, has no part in what the disk does. Lines after a hole would claim that nothing was in between. */
  function guard({ startedAt, add }: RecordingSink): RecordingSink {
    return {
      startedAt,
      add(entry) {
        try {
          add(entry)
        }
        catch (error) {
          toFile = null
          tellProblem(error instanceof Error ? error.message : String(error))
        }
      },
    }
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
