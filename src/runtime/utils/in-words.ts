/** A wrong value in the words of an error, for options: whoever set it is the one who reads it. */
export function inWords(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return String(value)
  try {
    return JSON.stringify(value)?.slice(0, 80) ?? String(value)
  }
  catch {
    return 'an object'
  }
}
