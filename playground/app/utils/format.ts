/** `12:04:09.120`: milliseconds matter here, several messages may come within one second. */
export function formatTime(ms: number): string {
  const date = new Date(ms)
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
