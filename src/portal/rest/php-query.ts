const MAX_PAIRS = 1_000
const MAX_DEPTH = 64

type Tree = Map<string, Tree | string>

/**
 * Reads a query string as PHP does: `a[b][]=1` is `{ a: { b: ['1'] } }`, and maps with the keys 0, 1, 2 … are lists.
 * Names are kept in maps until the end, so that `__proto__` is an ordinary name.
 *
 * @param query without the leading `?`
 */
export function parsePhpQuery(query: string): Record<string, unknown> {
  const root: Tree = new Map()
  let pairs = 0
  for (const [name, value] of new URLSearchParams(query)) {
    if (++pairs > MAX_PAIRS) break
    const path = pathOf(name)
    if (path) put(root, path, value)
  }
  return Object.fromEntries([...root].map(([key, value]): [string, unknown] => [key, toValue(value)]))
}

/** A map as PHP's JSON has it: empty and numbered 0, 1, 2 … become lists. */
export function phpArray(entries: readonly (readonly [string, unknown])[]): unknown[] | Record<string, unknown> {
  return entries.every(([key], index) => key === String(index))
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries)
}

/** Keys of a name such as `a[b][]`. Walks it once; what PHP would not read as a key is left out. */
function pathOf(name: string): string[] | null {
  const open = name.indexOf('[')
  if (open <= 0) return name === '' ? null : [name]
  const path = [name.slice(0, open)]
  for (let at = open; name[at] === '[';) {
    const close = name.indexOf(']', at)
    if (close < 0) break
    if (path.length > MAX_DEPTH) return null
    path.push(name.slice(at + 1, close))
    at = close + 1
  }
  return path.length === 1 ? [name] : path
}

function put(root: Tree, path: readonly string[], value: string): void {
  let node = root
  for (const [index, part] of path.entries()) {
    const key = part === '' && index > 0 ? nextIndex(node) : part
    if (index === path.length - 1) {
      node.set(key, value)
      return
    }
    const child = node.get(key)
    const next: Tree = child instanceof Map ? child : new Map()
    node.set(key, next)
    node = next
  }
}

function nextIndex(node: Tree): string {
  const indexes = [...node.keys()].filter(key => /^\d+$/.test(key)).map(Number)
  return String(indexes.length === 0 ? 0 : Math.max(...indexes) + 1)
}

function toValue(value: Tree | string): unknown {
  if (typeof value === 'string') return value
  return phpArray([...value].map(([key, inner]): [string, unknown] => [key, toValue(inner)]))
}
