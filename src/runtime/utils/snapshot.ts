type Nested = Record<string, unknown>

/**
 * A value as it is now, to be read later: lists and plain objects are copied, reactive ones included. Everything else stays what it is, and so does
 * what cannot be read, for whoever reads it then to say so.
 */
export function snapshot<T>(value: T, taken: Map<unknown, unknown> = new Map<unknown, unknown>()): T {
  try {
    if (!Array.isArray(value) && Object.getPrototypeOf(Object.getPrototypeOf(value) ?? Object.prototype)) return value
    if (!taken.has(value)) {
      const copy = (Array.isArray(value) ? [...value as unknown[]] : { ...value }) as Nested
      // Before what is within: that may lead back here.
      taken.set(value, copy)
      for (const key in copy) copy[key] = snapshot(copy[key], taken)
    }
    return taken.get(value) as T
  }
  catch {
    return value
  }
}
