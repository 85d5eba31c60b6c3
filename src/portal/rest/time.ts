/** The `time` block of an answer; seconds since epoch with fractions, dates as ISO 8601. */
export interface TimeBlock {
  start: number
  finish: number
  duration: number
  processing: number
  date_start: string
  date_finish: string
  operating_reset_at: number
  operating: number
}

/** @param startedAt ms since epoch */
export function timeBlock(startedAt: number, operating?: { seconds: number, resetAt: number }): TimeBlock {
  const finishedAt = Date.now()
  const duration = (finishedAt - startedAt) / 1_000
  return {
    start: startedAt / 1_000,
    finish: finishedAt / 1_000,
    duration,
    processing: duration,
    date_start: isoDate(startedAt),
    date_finish: isoDate(finishedAt),
    operating_reset_at: operating?.resetAt ?? Math.floor(finishedAt / 1_000) + 600,
    operating: operating?.seconds ?? 0,
  }
}

/** A date as the platform writes it, in UTC: `2026-01-31T12:00:00+00:00`. */
export function isoDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`
}
