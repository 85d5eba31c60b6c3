import { describe } from '../utils/describe'

/** Levels of nesting that may be sent: PHP, in which portals are written, reads 512, and the call around the params takes some. */
export const DEEPEST = 500

/** Steps of a path that are written out. */
const WRITTEN_STEPS = 20

/** A value that JSON would lose: where it is, and what. */
export interface JsonLoss {
  path: readonly PropertyKey[]
  /** What the value is, after "is". */
  what: string
  cause?: unknown
}

/** Either a copy that JSON carries as it is, or the first value that it would lose. `null` where more would be written than `limit`. */
export type JsonCopy = { value: unknown } | { loss: JsonLoss } | null

/**
 * Copies a value as JSON carries it: what has a `toJSON` goes as that, and keys with `undefined` are left out. What
 * `JSON.stringify` would drop or change in silence is found instead.
 *
 * @param given any value
 * @param limit characters; the walk ends where more would be written for certain
 */
export function copyAsJson(given: unknown, limit: number): JsonCopy {
  const walk = new Walk(limit)
  try {
    return { value: walk.copy(given, '') }
  }
  catch (problem) {
    if (!(problem instanceof Lost)) return { loss: { path: walk.path, what: 'not to be read', cause: problem } }
    return problem.what === TOO_MUCH ? null : { loss: { path: walk.path, what: problem.what } }
  }
}

const TOO_MUCH = 'too much'

/** Ends the walk, whose path says where. */
class Lost {
  constructor(readonly what: string) {}
}

class Walk {
  /** Where it is, also after it was stopped there. */
  readonly path: PropertyKey[] = []
  /** The objects through which the path leads. */
  private readonly around: object[] = []
  private written = 0

  constructor(private readonly limit: number) {}

  copy(given: unknown, key: PropertyKey): unknown {
    const value = throughToJson(given, String(key))
    switch (typeof value) {
      case 'string': return this.count(value.length + 2), value
      case 'number': return this.count(1), finite(value)
      case 'boolean':
      case 'undefined': return this.count(1), value
      case 'object': return value && this.copyNested(value)
      case 'bigint': throw new Lost(`the bigint ${value}n`)
      default: throw new Lost(describe(value))
    }
  }

  private copyNested(value: object): unknown {
    if (this.around.includes(value)) throw new Lost('an object that contains itself')
    if (this.around.length >= DEEPEST) throw new Lost(`nested more than ${DEEPEST} levels deep`)
    this.count(2)
    this.around.push(value)
    const copied = Array.isArray(value) ? this.copyList(value) : this.copyObject(value)
    this.around.pop()
    return copied
  }

  private copyList(list: readonly unknown[]): unknown[] {
    const copied: unknown[] = []
    for (let i = 0; i < list.length; i++) {
      this.count(1)
      this.path.push(i)
      const item = this.copy(list[i], i)
      if (item === undefined) throw new Lost('undefined in a list')
      copied.push(item)
      this.path.pop()
    }
    return copied
  }

  private copyObject(object: object): Record<string, unknown> {
    if (!isPlain(object)) throw new Lost(`an instance of ${nameOf(object)}`)
    const copied: Record<string, unknown> = {}
    for (const key of Reflect.ownKeys(object)) {
      if (!Object.prototype.propertyIsEnumerable.call(object, key)) continue
      this.path.push(key)
      if (typeof key === 'symbol') throw new Lost('kept under a symbol')
      const value = this.copy((object as Record<string, unknown>)[key], key)
      this.path.pop()
      if (value === undefined) continue
      this.count(key.length + 3)
      // An assignment would make `__proto__` the prototype.
      Object.defineProperty(copied, key, { value, enumerable: true, configurable: true, writable: true })
    }
    return copied
  }

  /** So much is written at least. */
  private count(characters: number): void {
    this.written += characters
    if (this.written > this.limit) throw new Lost(TOO_MUCH)
  }
}

/** Called once: what it answers is what is checked and sent. */
function throughToJson(value: unknown, key: string): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'bigint')) return value
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new Lost('an invalid Date')
  const { toJSON } = value as { toJSON?: unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, key) as unknown : value
}

/** JSON has no −0 either, which nobody misses. */
function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Lost(String(value))
  return value || 0
}

/** Also of another frame, whose `Object.prototype` is not ours. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function nameOf({ constructor }: object): string {
  return (typeof constructor === 'function' && constructor.name) || 'a class'
}

/** A path as one would write it: `params.list[0].when`. */
export function writePath(root: string, path: readonly PropertyKey[]): string {
  const written = path.slice(0, WRITTEN_STEPS).map((step) => {
    if (typeof step === 'number') return `[${step}]`
    if (typeof step === 'symbol') return `[${String(step)}]`
    return /^[a-z_$][\w$]*$/i.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return [root, ...written, path.length > WRITTEN_STEPS ? '…' : ''].join('')
}
