/**
 * Puts an in-memory `localStorage` in place of one that may not be touched: in a third-party frame of a browser
 * that blocks third-party storage, and in a sandboxed frame, even reading the property throws.
 *
 * Self-contained on purpose: in development the module also writes it into the page as an inline script.
 *
 * @param target the window
 * @returns whether a stand-in was needed
 */
export function provideStorage(target: Window): boolean {
  try {
    // Reading is what throws.
    if (target.localStorage) return false
  }
  catch {
    // Denied.
  }
  const items = new Map<string, string>()
  const storage: Storage = {
    get length() {
      return items.size
    },
    key: index => [...items.keys()][index] ?? null,
    getItem: key => items.get(String(key)) ?? null,
    setItem: (key, value) => void items.set(String(key), String(value)),
    removeItem: key => void items.delete(String(key)),
    clear: () => items.clear(),
  }
  Object.defineProperty(target, 'localStorage', { value: storage, configurable: true })
  return true
}
