import { epochNow } from '../../utils/clock'
import type { ListenerRecord } from './types'

/** How a message, a place and a time are called in a sentence. */

export const quoted = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`

export const named = ({ module, command }: { module: string, command: string }): string => `${quoted(module)} / ${quoted(command)}`

/** "`DealCard` (app/DealCard.vue:12)" */
export function who({ caller, place: { component, file, line } }: Pick<ListenerRecord, 'caller' | 'place'>): string {
  const where = file && `${shortFile(file)}${line === null ? '' : `:${line}`}`
  return `${component ? `<${component}>` : `${caller}()`}${where ? ` (${where})` : ''}`
}

/** A file, from the app's own folder on. */
export function shortFile(file: string): string {
  return file.split('/').filter(Boolean).slice(-3).join('/')
}

/** How long something took, where that is known. */
export const took = (ms: number | null, preposition: 'in' | 'after'): string => ms === null ? '' : ` ${preposition} ${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`

export const times = (count: number): string => count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`

export function ago(at: number): string {
  const seconds = Math.max(0, Math.round((epochNow() - at) / 1000))
  if (seconds < 1) return 'just now'
  if (seconds < 120) return `${seconds} s ago`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3600)} h ago`
}

export const pathOf = (path: readonly PropertyKey[]): string => path.length ? `params.${path.map(String).join('.')}` : 'params'
