/** `URL.parse`, which not every browser has that runs the rest; `null` for what is no address. */
export function parseUrl(address: string): URL | null {
  try {
    return new URL(address)
  }
  catch {
    return null
  }
}
