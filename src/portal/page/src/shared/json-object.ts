import { parseJson } from './json'

/** Reads a JSON object; no text is an empty one. A text as the answer says what is wrong. */
export function readObject(text: string): Record<string, unknown> | string {
  if (!text.trim()) return {}
  const { value, mistake } = parseJson(text)
  if (mistake) return `Line ${mistake.line}, column ${mistake.column}: ${mistake.message}`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'It must be an object: { "name": "value" }'
  return { ...value }
}
