import { RestError } from './types'

const WINDOW_MS = 10 * 60 * 1_000

/** How much REST bears. */
export interface PortalLimits {
  /** Requests at once: the size of the bucket. @default 50 */
  burst: number
  /** Requests a second that leak out of it. @default 2 */
  perSecond: number
  /** Seconds of work per method within 10 minutes. @default 480 */
  operatingSeconds: number
}

/** As the cloud has them; Enterprise has a bucket of 250 that leaks 5 a second. */
export const CLOUD_LIMITS: PortalLimits = { burst: 50, perSecond: 2, operatingSeconds: 480 }

export interface Limits {
  /** Counts a request of this source. @throws RestError 503 `QUERY_LIMIT_EXCEEDED` */
  enter: (source: string) => void
  /** @throws RestError 429 `OPERATION_TIME_LIMIT` */
  assertTime: (method: string) => void
  /** Notes how long a method has worked, in seconds. */
  spend: (method: string, seconds: number) => void
  /** What the `time` block of an answer says; `resetAt` in unix seconds. */
  operating: (method: string) => { seconds: number, resetAt: number }
}

/** The limits of one portal, per source address and per method; null = none, but the time is told all the same. */
export function createLimits(limits: PortalLimits | null): Limits {
  const buckets = new Map<string, { level: number, at: number }>()
  const work = new Map<string, { at: number, seconds: number }[]>()

  function recent(method: string): { at: number, seconds: number }[] {
    const since = Date.now() - WINDOW_MS
    return (work.get(method) ?? []).filter(({ at }) => at > since)
  }

  function operating(method: string): { seconds: number, resetAt: number } {
    const done = recent(method)
    const seconds = done.reduce((sum, { seconds }) => sum + seconds, 0)
    return { seconds, resetAt: Math.floor(((done[0]?.at ?? Date.now()) + WINDOW_MS) / 1_000) }
  }

  return {
    enter(source) {
      if (!limits) return
      const now = Date.now()
      const bucket = buckets.get(source) ?? { level: 0, at: now }
      const level = Math.max(0, bucket.level - Math.max(0, now - bucket.at) / 1_000 * limits.perSecond)
      const isFull = level + 1 > limits.burst
      buckets.set(source, { level: isFull ? level : level + 1, at: now })
      if (isFull) throw new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503)
    },
    assertTime(method) {
      if (limits && operating(method).seconds >= limits.operatingSeconds) {
        throw new RestError('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 429)
      }
    },
    spend(method, seconds) {
      const spent = recent(method)
      const last = spent.at(-1)
      // Ten seconds go together: the window stays short however often a method is called.
      if (last && Date.now() - last.at < 10_000) last.seconds += seconds
      else spent.push({ at: Date.now(), seconds })
      work.set(method, spent)
    },
    operating,
  }
}
