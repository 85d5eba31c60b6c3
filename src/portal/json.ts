/** How deep values may be nested: as deep as PHP reads them. */
export const MAX_DEPTH = 512

/** Why JSON cannot hold a value; null = it can. Nobody may keep what cannot be sent on. */
export function whyUnwritable(value: unknown): string | null {
  if (isDeeper(value, MAX_DEPTH)) return `It is nested deeper than ${MAX_DEPTH}.`
  try {
    JSON.stringify(value)
    return null
  }
  catch (error) {
    return error instanceof Error ? `${error.message}.` : String(error)
  }
}

/** Whether brackets in a JSON text are nested deeper than that. Walks the text once. */
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

/** Level by level and not by recursion, which is what deep values break. A cycle is deep too. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    const next = new Set<unknown>()
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      for (const inner of Object.values(item)) if (typeof inner === 'object' && inner !== null) next.add(inner)
    }
    level = [...next]
  }
  return false
}
