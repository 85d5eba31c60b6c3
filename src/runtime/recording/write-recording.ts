import { withoutMarks } from '../rest/without-marks'
import { maskValue } from '../utils/mask-secrets'
import type { RecordedEntry, RecordingHeader } from './entries'

/** A recording under way. */
export interface RecordingWriter {
  add: (entry: RecordedEntry) => void
  /** The whole of it so far. */
  text: () => string
}

/**
 * Keeps a recording, line by line, without secrets.
 *
 * @param header but for what is counted here
 * @param limit lines that are kept; then the oldest go
 */
export function createRecordingWriter(header: Omit<RecordingHeader, 'dropped' | 'kind' | 'version'>, limit: number): RecordingWriter {
  const lines: string[] = []
  let dropped = 0
  return {
    add(entry) {
      lines.push(writeEntry(entry))
      if (lines.length <= limit) return
      lines.shift()
      dropped++
    },
    text: () => [writeHeader({ ...header, dropped }), ...lines, ''].join('\n'),
  }
}

export function writeHeader(header: Omit<RecordingHeader, 'kind' | 'version'>): string {
  return JSON.stringify({ kind: 'recording', version: 1, ...header } satisfies RecordingHeader)
}

/** One line, without secrets and without what this module adds on the wire. */
export function writeEntry(entry: RecordedEntry): string {
  return JSON.stringify('params' in entry ? { ...entry, params: maskValue(withoutMarks(entry.params)), ...('extra' in entry && { extra: maskValue(entry.extra) }) } : entry)
}
