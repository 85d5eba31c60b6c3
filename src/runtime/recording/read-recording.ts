import { argumentError } from '../utils/argument-error'
import { isRecord } from '../utils/is-record'
import type { RecordedEntry, RecordingHeader } from './entries'

/** A recording, read. */
export interface ReadRecording {
  header: RecordingHeader
  entries: RecordedEntry[]
}

/** A line that says something, and which it is: people cut recordings by hand, and look for it in their editor. */
interface Line {
  number: number
  text: string
  value: unknown
}

/**
 * Reads a recording. Lines of a kind that is not known are passed over, so that a newer recording still plays.
 *
 * @param text one JSON value a line, as `recordPull()` and the dev portal write it
 * @throws PullError `ARGUMENT_ERROR` for what is none, naming the line
 */
export function readRecording(text: unknown): ReadRecording {
  if (typeof text !== 'string') throw notOne('it is no text', text)
  // An editor may have put the mark of its encoding before it, which JSON does not have and trim() takes away.
  const [first, ...lines] = text.split('\n').flatMap((line, i) => line.trim() ? [readLine(line.trim(), i + 1)] : [])
  if (!isHeader(first?.value)) throw notOne('its first line is no header', text.slice(0, 60))
  return { header: first.value, entries: lines.flatMap(readEntry) }
}

function readLine(text: string, number: number): Line {
  try {
    return { number, text, value: JSON.parse(text) as unknown }
  }
  catch {
    throw notOne(`line ${number} is no JSON`, text)
  }
}

function readEntry({ number, text, value }: Line): RecordedEntry[] {
  if (!isRecord(value) || typeof value.at !== 'number') throw notOne(`line ${number} has no \`at\``, text)
  if (!isKnown(value)) return []
  const problem = findProblem(value)
  if (problem) throw notOne(`line ${number} ${problem}`, text)
  return [(value.kind === 'message' ? { extra: {}, ...value } : value) as unknown as RecordedEntry]
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

/** What whoever plays an entry would stumble over. */
function findProblem({ kind, reason = null, extra = {}, to = [] }: Record<string, unknown>): string | null {
  if (kind === 'status' && reason !== null && !(isRecord(reason) && typeof reason.code === 'string')) return 'has a `reason` without a `code`'
  if (kind === 'message' && !isRecord(extra)) return 'has an `extra` that is no object'
  if (kind === 'message' && !Array.isArray(to)) return 'has a `to` that is no list'
  return null
}

const notOne = (because: string, given: unknown) => argumentError(`The recording (${because})`, given, 'the text that recordPull() or the dev portal wrote')
