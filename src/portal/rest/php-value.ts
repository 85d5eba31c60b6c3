import { phpArray } from './php-query'

/** A value as PHP hands it on: `{}` is `[]`, and an object with the keys 0, 1, 2 … is a list. */
export function toPhpValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return phpArray(Object.entries(value).map(([key, inner]): [string, unknown] => [key, toPhpValue(inner)]))
}
