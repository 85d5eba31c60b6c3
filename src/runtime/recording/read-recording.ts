import { argumentError } from '../utils/argument-error'
import { isRecord } from '../utils/is-record'
import type { RecordedEntry, RecordingHeader } from './entries'

/** A recording, read. */
export interface ReadRecording {
  header: RecordingHeader
  entries: RecordedEntry[]
}

/**
 * Reads a recording. Lines of a kind that is not known are passed over, so that a newer recording still plays.
 *
 * @param text one JSON value a line, as `recordPull()` and the dev portal write it
 * @throws PullError `ARGUMENT_ERROR` for what is none
 */
export function readRecording(text: unknown): ReadRecording {
  if (typeof text !== 'string') throw notOne('it is no text', text)
  const [first, ...lines] = text.split('\n').filter(line => line.trim()).map(readLine)
  if (!isHeader(first)) throw notOne('its first line is no header', text.slice(0, 60))
  const entries = lines.flatMap((line, i) => {
    if (!isRecord(line) || typeof line.at !== 'number') throw notOne(`line ${i + 2} has no \`at\``, text.slice(0, 60))
    return isKnown(line) ? [line as unknown as RecordedEntry] : []
  })
  return { header: first, entries }
}

function readLine(line: string, i: number): unknown {
  try {
    return JSON.parse(line)
  }
  catch {
    throw notOne(`line ${i + 1} is no JSON`, line.slice(0, 60))
  }
}

function isHeader(line: unknown): line is RecordingHeader {
  return isRecord(line) && line.kind === 'recording' && line.version === 1
}

function isKnown(line: Record<string, unknown>): boolean {
  switch (line.kind) {
    case 'message':
    case 'sent': return typeof line.module === 'string' && typeof line.command === 'string'
    case 'status': return typeof line.status === 'string'
    case 'gap': return typeof line.from === 'number'
    default: return false
  }
}

const notOne = (because: string, given: unknown) => argumentError(`The recording (${because})`, given, 'the text that recordPull() or the dev portal wrote')
