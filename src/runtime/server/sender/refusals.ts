/**
 * ms for which a portal's tokens have to be refused before that counts. A refresh token is good for one use: where somebody else was the
 * first to use it, the app's store has the new tokens a moment later. By its waits of 1, 2 and 4 s, a sender has tried four times by then.
 */
const LASTING = 5_000

/** ms after which a refusal is of another renewal: tokens live for an hour, and another process may have sent to the portal in between. */
const STALE = 1_800_000

/** Since when portals refuse the app's tokens. */
export interface Refusals {
  /** @returns whether the portal has refused them for so long that they are no use any more */
  add: (memberId: string) => boolean
  clear: (memberId: string) => void
}

export function createRefusals(): Refusals {
  const known = new Map<string, { first: number, last: number }>()
  return {
    add(memberId) {
      const now = performance.now()
      const before = known.get(memberId)
      const first = before && now - before.last < STALE ? before.first : now
      const isLasting = now - first >= LASTING
      if (isLasting) known.delete(memberId)
      else known.set(memberId, { first, last: now })
      return isLasting
    },
    clear: memberId => void known.delete(memberId),
  }
}
