/** Writes nested values as PHP's forms do: `data[FIELDS][ID]=42`. */
export function toPhpForm(values: Record<string, unknown>): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) append(form, name, value)
  return form
}

function append(form: URLSearchParams, name: string, value: unknown): void {
  if (value === null || value === undefined) return
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) append(form, `${name}[${key}]`, inner)
    return
  }
  form.append(name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value))
}
