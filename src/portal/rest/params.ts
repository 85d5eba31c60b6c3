import type { RestParams } from './types'

/** A parameter by name; the platform's own methods do not mind its case. */
export function param(params: RestParams, name: string): unknown {
  const wanted = name.toLowerCase()
  return Object.entries(params).find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** A PHP array of named values, or null: lists and objects are the same thing there. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value))
}

/** A parameter as a text; numbers count, null for everything else. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
}
