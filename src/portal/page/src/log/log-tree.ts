import type { LogEntry } from '../../../types'

export interface LogFilter {
  /** None = all of them. */
  sources: readonly string[]
  onlyProblems: boolean
  text: string
  userId: number | null
  frameId: string | null
}

/** A line of the log as it is drawn. */
export interface LogLine {
  entry: LogEntry
  /** 0 = caused by nothing that is shown. */
  depth: number
}

const searchTexts = new WeakMap<LogEntry, string>()

/** Whether an entry is asked for. */
export function matches(entry: LogEntry, { sources, onlyProblems, text, userId, frameId }: LogFilter): boolean {
  if (sources.length && !sources.includes(entry.source)) return false
  if (onlyProblems && entry.level === 'info') return false
  if (userId !== null && entry.userId !== userId) return false
  if (frameId !== null && entry.frameId !== frameId) return false
  const wanted = text.trim().toLowerCase()
  return !wanted || searchTextOf(entry).includes(wanted)
}

/** Newest first; what an entry caused stands below it, in the order in which it happened. */
export function linesOf(entries: readonly LogEntry[], filter: LogFilter): LogLine[] {
  const shown = entries.filter(entry => matches(entry, filter))
  const causes = new Map(entries.map(entry => [entry.id, entry.causeId]))
  const shownIds = new Set(shown.map(entry => entry.id))
  const children = new Map<number | null, LogEntry[]>()
  for (const entry of shown) {
    const cause = nearest(entry.causeId)
    const siblings = children.get(cause)
    if (siblings) siblings.push(entry)
    else children.set(cause, [entry])
  }
  const lines: LogLine[] = []
  for (const entry of (children.get(null) ?? []).reverse()) add(entry, 0)
  return lines

  /** The next cause that is shown: those between may be filtered out, or gone. */
  function nearest(id: number | null): number | null {
    let cause = id
    while (cause !== null && !shownIds.has(cause)) cause = causes.get(cause) ?? null
    return cause
  }

  function add(entry: LogEntry, depth: number) {
    lines.push({ entry, depth })
    for (const child of children.get(entry.id) ?? []) add(child, depth + 1)
  }
}

/** Kept, for it is looked through with every letter that is typed. */
function searchTextOf(entry: LogEntry): string {
  let text = searchTexts.get(entry)
  if (text === undefined) {
    text = `${entry.title} ${JSON.stringify(entry.details ?? '')}`.toLowerCase()
    searchTexts.set(entry, text)
  }
  return text
}
