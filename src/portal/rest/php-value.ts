import { phpArray } from './php-query'

/** How deep PHP reads JSON. */
export const MAX_DEPTH = 512

/** A value as PHP hands it on: `{}` is `[]`, and an object with the keys 0, 1, 2 … is a list. */
export function toPhpValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return phpArray(Object.entries(value).map(([key, inner]): [string, unknown] => [key, toPhpValue(inner)]))
}

/** JSON text as what it says; anything else as it is. Null where the text is no JSON. */
export function fromJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (isTooDeep(value)) return null
  try {
    return JSON.parse(value)
  }
  catch {
    return null
  }
}

/** Whether brackets in a JSON text are nested deeper than PHP reads. Walks the text once. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (isText) {
      if (code === 92) at++
      else if (code === 34) isText = false
    }
    else if (code === 34) isText = true
    else if (code === 91 || code === 123) {
      if (++depth > MAX_DEPTH) return true
    }
    else if (code === 93 || code === 125) depth--
  }
  return false
}
