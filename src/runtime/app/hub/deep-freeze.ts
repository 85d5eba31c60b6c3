/** Freezes a JSON value to the bottom, so that one handler cannot change what the next one sees. Iterative: depth comes from outside. Bytes cannot be frozen. */
export function deepFreeze<T>(value: T): T {
  const left: unknown[] = [value]
  while (left.length) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null || Object.isFrozen(next) || ArrayBuffer.isView(next)) continue
    Object.freeze(next)
    for (const key of Object.keys(next)) left.push((next as Record<string, unknown>)[key])
  }
  return value
}
