/**
 * Paths to texts that contain one of the secrets, in all that can be reached from a value without calling a function: own
 * properties of every kind, functions' too, contents of maps and sets. Elements and windows are left aside.
 *
 * Self-contained on purpose: it travels into pages as text.
 */
export function findSecrets(root: unknown, secrets: string[]): { found: string[], visited: number } {
  const found: string[] = []
  const seen = new Set<object>()
  const left: [path: string, value: unknown][] = [['', root]]
  while (left.length) {
    const [path, value] = left.pop()!
    if (typeof value === 'string') {
      if (secrets.some(secret => value.includes(secret))) found.push(path)
      continue
    }
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    if (typeof Node !== 'undefined' && (value instanceof Node || value === window)) continue
    seen.add(value)
    if (value instanceof Map) Map.prototype.forEach.call(value, (item, key) => left.push([`${path}<key>`, key], [`${path}<${String(key)}>`, item]))
    if (value instanceof Set) Set.prototype.forEach.call(value, item => left.push([`${path}<item>`, item]))
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key)
      left.push([`${path}<key>`, typeof key === 'string' ? key : ''])
      if (property && 'value' in property) left.push([`${path}.${String(key)}`, property.value])
    }
    const prototype = Object.getPrototypeOf(value) as object | null
    if (prototype && prototype !== Object.prototype && prototype !== Function.prototype && prototype !== Array.prototype) left.push([`${path}<prototype>`, prototype])
  }
  return { found, visited: seen.size }
}
