/** What stands in the place of a secret. */
const MASK = '***'

/** A name that says that its value is a secret, in a query, in JSON, in a header or in a sentence. */
const named = /(\b|%[\dA-F]{2})((?:access_?|refresh_?|application_?)?token|auth(?:_id|orization)?|refresh_id|jwt|channel_?ids?|client_?(?:secret|id)|public_?id|signature|password|secret|sessid|app_sid|member_id)((?:%22|\\?["'])?\s*(?:=|:|%3D|%3A)\s*(?:(?:bearer|basic)\s+)?(?:%22|\\?["'])?)([^\s"'\\&%;,)}\]]+)/gi

/** The same names, of a value that stands by itself. */
const secretName = /^(?:(?:access_?|refresh_?|application_?)?token|auth(?:_id|orization)?|refresh_id|jwt|channel_?ids?|client_?(?:secret|id)|public_?id|signature|password|secret|sessid|app_sid|member_id)$/i

/** A JSON Web Token. */
const jwt = /eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g

/** What no word is as long as: tokens, channel ids, signatures. */
const long = /[\w+=-]{32,}/g

/**
 * Takes the secrets out of a text that comes from outside: errors of REST, of the SDK or of the push server may echo the request, and
 * with it tokens, the push `jwt` or channel ids. Every such text goes through here before it becomes part of an error.
 */
export function maskSecrets(text: string): string {
  return text
    .replace(jwt, MASK)
    .replace(named, (found, before: string, name: string, between: string, value: string) => isWord(between, value) ? found : `${before}${name}${between}${MASK}`)
    // Names of methods and of errors may be as long, but hold no digit.
    .replace(long, run => /\d/.test(run) || /^[a-f]+$/i.test(run) ? MASK : run)
}

/** A sentence goes on after a colon ("token: expired"). */
const isWord = (between: string, value: string): boolean => /^:\s+$/.test(between) && /^[a-z]{1,15}$/i.test(value) && !/^[a-f]+$/i.test(value)

/** Levels of a value that are looked through; what is deeper is left out. */
const DEEPEST = 20

/** A copy of a JSON value without secrets: by the names under which they stand, and by what they look like. */
export function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return MASK
  if (Array.isArray(value)) return value.map(item => maskValue(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isSecret(name, inner) ? MASK : maskValue(inner, depth + 1)]))
}

const isSecret = (name: string, value: unknown): boolean => secretName.test(name) && (typeof value === 'string' || typeof value === 'number') && value !== ''

/** Errors within errors that are looked at. */
const DEPTH = 5

/** What was thrown, as the cause of an error: the very same where its texts hold no secret, else one of its kind without them. */
export function maskCause(thrown: unknown, depth = 0): unknown {
  if (typeof thrown === 'string') return maskSecrets(thrown)
  if (!(thrown instanceof Error) || depth >= DEPTH) return thrown
  const masked = {
    message: maskSecrets(thrown.message),
    stack: thrown.stack && maskSecrets(thrown.stack),
    cause: maskCause(thrown.cause, depth + 1),
  }
  const changed = (Object.keys(masked) as (keyof typeof masked)[]).filter(key => masked[key] !== thrown[key])
  if (!changed.length) return thrown
  const copy: Error = Object.create(Object.getPrototypeOf(thrown), Object.getOwnPropertyDescriptors(thrown))
  for (const key of changed) Object.defineProperty(copy, key, { value: masked[key], configurable: true, writable: true })
  return copy
}
