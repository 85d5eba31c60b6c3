/** After this long connected (ms), the ladder starts anew: a server that accepts and closes must not be hammered. */
export const HEALTHY_AFTER = 10_000
/** ms; wakes count at most once in it. */
export const WAKE_WINDOW = 15_000
/** ms after a loss, or after the first start, from which data counts as stale. */
export const SUSPENDED_AFTER = 120_000

/**
 * Delay before a retry, in ms: 0.1 s, 15 s, three times 45 s, five times 10 minutes, then an hour, each plus 0–20 %.
 *
 * The steps are the platform's own rule for repeated failures, by which a client is not blocked as suspicious.
 *
 * @param retry 1 for the first retry since the connection was last healthy
 * @param random a number from 0 to 1
 */
export function retryDelay(retry: number, random: number): number {
  const base = retry <= 1 ? 100 : retry === 2 ? 15_000 : retry <= 5 ? 45_000 : retry <= 10 ? 600_000 : 3_600_000
  return Math.round(base * (1 + 0.2 * random))
}
