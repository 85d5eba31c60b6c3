import { isRecord } from '../runtime/utils/is-record'
import { readObject } from './read-values'
import { badFlag } from './usage-error'

/** A tree that has no prototype: `__proto__` is a name like any other. */
type Tree = Record<string, unknown>

/**
 * An object from JSON, and from pairs such as `FIELDS.ID=42` laid over it.
 *
 * @param flag where the JSON was given
 * @param json absent = begins with `base`
 * @param pairs as given with `--set`
 * @param read what a value's text means
 * @param base what is there before
 * @throws UsageError for what is no JSON object, and a pair that is none
 */
export function readParams(flag: string, json: string | undefined, pairs: readonly string[] = [], read: (text: string) => unknown = readValue, base: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const tree = copy(json === undefined ? base : readObject(flag, json))
  for (const pair of pairs) {
    const [, path, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? []
    const names = path?.split('.') ?? ['']
    if (text === undefined || names.includes('')) throw badFlag('set', pair, 'a path, = and a value, such as FIELDS.ID=42')
    const last = names.pop()!
    let at = tree
    for (const name of names) {
      const inner = at[name]
      const next = isRecord(inner) ? inner : Object.create(null) as Tree
      at[name] = next
      at = next
    }
    at[last] = read(text)
  }
  return tree
}

/** A number, `true`, `null`, a list or an object where it reads as JSON; else the text as it stands. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  }
  catch {
    return text
  }
}

function copy(record: Readonly<Record<string, unknown>>): Tree {
  const tree = Object.create(null) as Tree
  for (const [name, value] of Object.entries(record)) tree[name] = isRecord(value) ? copy(value) : value
  return tree
}
