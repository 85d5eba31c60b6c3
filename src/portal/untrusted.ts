// Reads what came from outside. `String()` and `Number()` are not for it: they call what an object has as `toString`, and throw where that is no function.

/** A PHP array of named values, or null: lists and objects are the same thing there. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value))
}

/** A text; numbers count, null for everything else. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}

/** A number; texts and booleans count, NaN for everything else. */
export function asNumber(value: unknown): number {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN
}
