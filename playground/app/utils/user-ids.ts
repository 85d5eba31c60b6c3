/** `1, 2 3` → 1, 2, 3. What is no id is left out, each is there once. */
export function readUserIds(text: string): number[] {
  const ids = text.split(/[\s,;]+/).map(Number).filter(id => Number.isSafeInteger(id) && id > 0)
  return [...new Set(ids)]
}
