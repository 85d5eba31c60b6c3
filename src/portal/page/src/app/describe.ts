import { stepText } from '../../../../runtime/app/inspect/step-text'
import type { ConnectionView, ListenerView, MessageView, SentView, TrafficView } from '../../../../runtime/app/inspect/views'

/** A row's key: numbers count per kind. */
export const keyOf = (view: TrafficView): string => view.kind === 'message' ? `m${view.seq}` : `${view.kind[0]}${view.id}`

/** What became of a message, in two or three words, and whether that is as it should be. */
export function outcomeOf({ verdicts }: MessageView): { text: string, isProblem: boolean } {
  const parts = Object.entries(verdicts).map(([kind, count]) => `${kind} ${count}`)
  if (!parts.length) return { text: 'nobody', isProblem: true }
  return { text: parts.join(', '), isProblem: !verdicts.heard || !!verdicts.failed || !!verdicts.refused }
}

export const titleOf = (view: MessageView | SentView): string => view.module === null ? (view as SentView).method : `${view.module}:${view.command}`

/** A step of the connection in a line. */
export const stepOf = (view: ConnectionView): string => stepText({ ...view, kind: view.what })

export function placeOf({ component, caller, file, line }: ListenerView): string {
  const where = file ? `${file.split('/').filter(Boolean).slice(-2).join('/')}${line === null ? '' : `:${line}`}` : ''
  return `${component ? `<${component}>` : `${caller}()`}${where ? ` ${where}` : ''}`
}

/** Whether a row holds the words that are searched for. */
export function matches(view: TrafficView, words: string): boolean {
  if (!words) return true
  const text = view.kind === 'connection' ? stepOf(view) : titleOf(view)
  return text.toLowerCase().includes(words.toLowerCase())
}

export const sizeText = (size: number): string => size < 1000 ? `${size} B` : `${(size / 1000).toFixed(size < 100_000 ? 1 : 0)} kB`
