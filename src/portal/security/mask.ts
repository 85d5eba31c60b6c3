const MASK = '•••'
const MAX_DEPTH = 12
const MAX_TEXT = 20_000
/** Of one entry of the log, in characters. */
const MAX_SIZE = 32_000
/** A text shorter than this is never cut. */
const CUT_ABOVE = 200
const CUT = '…'

/**
 * Every secret the portal issues is 32 or more hexadecimal digits, or a JWT: their shape gives them away anywhere. Each pattern begins
 * where a run begins, so that a text is walked once.
 */
const HEX = /\b[0-9a-f]{32,}\b/gi
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g
const JWT_START = /(?:^|[.-])eyJ/

const SECRET_KEYS = new Set([
  'auth', 'auth_id', 'refresh_id', 'access_token', 'refresh_token', 'application_token', 'authorization', 'app_sid',
  'appsid', 'jwt', 'token', 'signature', 'client_secret', 'channel_id', 'clientid', 'client_id', 'password', 'secret', 'cookie',
])

/** Replaces every secret in a text, wherever it stands. */
export function maskText(text: string): string {
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text
  return shown.replace(HEX, MASK).replace(DOTTED, run => JWT_START.test(run) ? MASK : run)
}

/** A copy of `value` that is safe to log: secrets are masked by key and by shape; depth and size are limited. */
export function maskSecrets(value: unknown): unknown {
  return maskWithin(value, MAX_SIZE).value
}

/** The same, with the size of the copy in characters, about; what is over the limit is cut, and a sign stands there instead. */
export function maskWithin(value: unknown, limit: number): { value: unknown, size: number } {
  const budget = { left: limit }
  return { value: copy(value, 0, budget), size: limit - budget.left }
}

function copy(value: unknown, depth: number, budget: { left: number }): unknown {
  if (budget.left <= 0) return CUT
  budget.left -= 8
  if (typeof value === 'string') {
    const text = maskText(value.length > budget.left && value.length > CUT_ABOVE ? `${value.slice(0, Math.max(CUT_ABOVE, budget.left))}… (${value.length} characters)` : value)
    budget.left -= text.length
    return text
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object') return value === undefined ? null : String(value)
  if (depth >= MAX_DEPTH) return CUT
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  return Array.isArray(value) ? copyList(value, depth, budget) : copyRecord(value, depth, budget)
}

function copyList(list: readonly unknown[], depth: number, budget: { left: number }): unknown[] {
  const items: unknown[] = []
  for (const item of list) {
    if (budget.left <= 0) return [...items, `${CUT} (${list.length} items)`]
    items.push(copy(item, depth + 1, budget))
  }
  return items
}

function copyRecord(record: object, depth: number, budget: { left: number }): Record<string, unknown> {
  const entries: [string, unknown][] = []
  for (const [key, inner] of Object.entries(record)) {
    if (budget.left <= 0) {
      entries.push([CUT, `${Object.keys(record).length} fields`])
      break
    }
    const name = maskText(key)
    budget.left -= name.length
    entries.push([name, isSecretKey(key) && isLeaf(inner) ? MASK : copy(inner, depth + 1, budget)])
  }
  return Object.fromEntries(entries)
}

function isSecretKey(key: string): boolean {
  return SECRET_KEYS.has(key.toLowerCase())
}

function isLeaf(value: unknown): boolean {
  return value !== null && value !== '' && typeof value !== 'object'
}
