/** What a browser asks for in a frame: dev servers answer pages only to those who want one. */
export const FRAME_HEADERS: Readonly<Record<string, string>> = { 'accept': 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }

/** More than that is a circle. */
export const MOST_REDIRECTS = 5

/** Where an answer leads on to; `null` = nowhere. */
export function redirectOf({ status, headers }: Pick<Response, 'status' | 'headers'>, url: string): URL | null {
  const location = headers.get('location')
  return status >= 300 && status < 400 && location !== null ? URL.parse(location, url) : null
}

/** Only 307 and 308 keep the form. */
export const keepsForm = (status: number): boolean => status >= 307

/** Why a connection failed, in the words of whoever knows best; `slow` is said of one that took too long. */
export function findReason(error: unknown, slow: string): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return slow
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message
  return cause instanceof Error ? cause.message : error.message
}
