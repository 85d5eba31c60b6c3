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

/** Objects of what was thrown that are looked through: from an element of the page all of an app can be reached. */
const MOST_OF_THROWN = 10_000

/** By which libraries that make requests keep on an error what they sent and what came, tokens and all. */
const CARRIERS = new Set<PropertyKey>(['config', 'options', 'request', 'response'])

/** What an error has by its class, or without being told among its keys. */
const OF_ERRORS = ['name', 'message', 'stack', 'cause']

/** A copy of a JSON value without secrets: by the names under which they stand, and by what they look like. */
export const maskValue = (value: unknown): unknown => mask(value, false)

/**
 * The same of whatever was thrown, but the very same where it holds none, also in its parts. A copied error is of its kind; requests and
 * answers that errors carry are left out.
 */
export const maskThrown = (thrown: unknown): unknown => mask(thrown, true)

function mask(value: unknown, isThrown: boolean, known = new Map<object, unknown>(), depth = 0): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (typeof value !== 'object' || value === null) return value
  if (known.has(value)) return known.get(value)
  if (depth >= DEEPEST || (isThrown && known.size >= MOST_OF_THROWN)) return MASK
  // Stands where a part leads back to the whole.
  known.set(value, MASK)

  const isError = isThrown && value instanceof Error
  const copy = Array.isArray(value) ? [] : isError ? Object.create(Object.getPrototypeOf(value) as object) as object : {}
  let isSame = isThrown
  for (const name of isError ? new Set([...Reflect.ownKeys(value), ...OF_ERRORS]) : Object.keys(value)) {
    const part = read(value, name)
    const isCarrier = isError && typeof part === 'object' && part !== null && CARRIERS.has(name)
    const masked = isCarrier ? undefined : isSecret(name, part) ? MASK : mask(part, isThrown, known, depth + 1)
    isSame &&= Object.is(masked, part)
    if (masked !== undefined || !isError) define(copy, name, masked, !isError || Object.prototype.propertyIsEnumerable.call(value, name))
  }
  const result = isSame ? value : copy
  known.set(value, result)
  return result
}

const isSecret = (name: PropertyKey, value: unknown): boolean => typeof name === 'string' && secretName.test(name) && (typeof value === 'string' || typeof value === 'number') && value !== ''

/** Undefined where reading it throws. */
function read(from: object, name: PropertyKey): unknown {
  try {
    return (from as Record<PropertyKey, unknown>)[name]
  }
  catch {
    return undefined
  }
}

/** Past setters of a prototype, `__proto__` among them. */
const define = (on: object, name: PropertyKey, value: unknown, enumerable: boolean) => Object.defineProperty(on, name, { value, enumerable, configurable: true, writable: true })
