/**
 * Puts an in-memory storage in place of one that may not be touched: in a third-party frame of a browser that blocks
 * third-party storage, and in a sandboxed frame, even reading the property throws.
 *
 * Self-contained on purpose: in development the module also writes it into the page as an inline script.
 *
 * @param target the window
 * @param names what somebody is going to touch
 * @returns whether a stand-in was needed
 */
export function provideStorage(target: Window, names: ('localStorage' | 'sessionStorage')[]): boolean {
  const isDenied = (name: 'localStorage' | 'sessionStorage') => {
    try {
      // Reading is what throws.
      return !target[name]
    }
    catch {
      return true
    }
  }
  const denied = names.filter(isDenied)
  for (const name of denied) {
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
    Object.defineProperty(target, name, { value: storage, configurable: true })
  }
  return denied.length > 0
}
