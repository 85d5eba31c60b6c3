import { fromJsonText } from '../json'

/** A command of the app's frame, read from what it posted. */
export interface BridgeCommand {
  name: string
  /** Parsed JSON, the raw text where it is none, null without parameters. */
  params: unknown
  /** Names the callback that waits for an answer. */
  key: string
  appSid: string
}

/**
 * Reads a posted message: `command:callbackKey:appSid`, `command:JSON:callbackKey:appSid` (the JSON may hold colons), or
 * the object form of commands that hold a colon themselves.
 *
 * @returns null when it is no command
 */
export function parseCommand(data: unknown): BridgeCommand | null {
  if (typeof data === 'string') return parseText(data)
  if (typeof data !== 'object' || data === null) return null
  const fields = new Map<string, unknown>(Object.entries(data))
  const [name, key, appSid] = [fields.get('method'), fields.get('callback'), fields.get('appSid')]
  if (typeof name !== 'string' || typeof key !== 'string' || typeof appSid !== 'string') return null
  const params = fields.get('params')
  return { name, key, appSid, params: params === '' || params === undefined ? null : params }
}

function parseText(text: string): BridgeCommand | null {
  const first = text.indexOf(':')
  const last = text.lastIndexOf(':')
  const beforeKey = text.lastIndexOf(':', last - 1)
  if (first <= 0 || last === first || beforeKey < first) return null
  const raw = text.slice(first + 1, Math.max(beforeKey, first + 1))
  return {
    name: text.slice(0, first),
    params: raw === '' ? null : jsonOrText(raw),
    key: text.slice(beforeKey + 1, last),
    appSid: text.slice(last + 1),
  }
}

function jsonOrText(raw: string): unknown {
  const value = fromJsonText(raw)
  return value === null && raw.trim() !== 'null' ? raw : value
}

/** What the parent page posts back: of a command that answers with nothing, the key alone; null where nobody waits. */
export function answerText(key: string, value: unknown): string | null {
  return key === '' ? null : `${key}:${value === undefined ? '' : JSON.stringify(value)}`
}
