const MASK = '•••'
const MAX_DEPTH = 12
const MAX_TEXT = 20_000

/** Every secret the portal issues is 32 or more hexadecimal digits, or a JWT: their shape gives them away anywhere. */
const SECRET_SHAPE = /\b[0-9a-f]{32,}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]+/gi

const SECRET_KEYS = new Set([
  'auth', 'auth_id', 'refresh_id', 'access_token', 'refresh_token', 'application_token', 'authorization', 'app_sid',
  'appsid', 'jwt', 'token', 'signature', 'channel_id', 'clientid', 'client_id', 'password', 'secret', 'cookie',
])

/** Replaces every secret in a text, wherever it stands. */
export function maskText(text: string): string {
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text
  return shown.replace(SECRET_SHAPE, MASK)
}

/** A copy of `value` that is safe to log: secrets are masked by key and by shape, depth is limited. */
export function maskSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value)
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object') return value === undefined ? null : String(value)
  if (depth >= MAX_DEPTH) return '…'
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  if (Array.isArray(value)) return value.map(item => maskSecrets(item, depth + 1))
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    maskText(key),
    isSecretKey(key) && isLeaf(inner) ? MASK : maskSecrets(inner, depth + 1),
  ])
  return Object.fromEntries(entries)
}

function isSecretKey(key: string): boolean {
  return SECRET_KEYS.has(key.toLowerCase())
}

function isLeaf(value: unknown): boolean {
  return value !== null && value !== '' && typeof value !== 'object'
}
