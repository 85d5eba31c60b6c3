/** Offers a value as a file of JSON. */
export const saveJson = (name: string, value: unknown): void => saveText(name, JSON.stringify(value, null, 2), 'application/json')

/** Offers a text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: the browser has yet to read it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
