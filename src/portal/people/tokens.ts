import { randomHex } from '../security/random'

const KEPT = 2_000

/** Access as the platform hands it to a frame; `AUTH_EXPIRES` in seconds. */
export interface Access {
  AUTH_ID: string
  REFRESH_ID: string
  AUTH_EXPIRES: string
}

export interface Tokens {
  /** `frameId`: the frame that it is for, so that the log can say whose call it was. */
  issue: (userId: number, frameId?: string) => Access
  /** What a token from outside is worth. */
  check: (token: string) => { state: 'valid' | 'expired', userId: number, frameId: string | null } | { state: 'unknown' }
  /** Uses a refresh token up; null when it is none, or was used before. */
  takeRefresh: (token: string) => { userId: number } | null
  /** Secret part of the webhook address, which acts for one user. */
  readonly webhookCode: string
  expireAll: () => void
}

/** @param lifetime of an access token, in seconds */
export function createTokens(lifetime: number): Tokens {
  const issued = new Map<string, { userId: number, frameId: string | null, expiresAt: number }>()
  const refreshable = new Map<string, { userId: number }>()

  return {
    webhookCode: randomHex(),
    issue(userId, frameId) {
      const [access, refresh] = [randomHex(35), randomHex(35)]
      issued.set(access, { userId, frameId: frameId ?? null, expiresAt: Date.now() + lifetime * 1_000 })
      refreshable.set(refresh, { userId })
      dropOldest(issued)
      dropOldest(refreshable)
      return { AUTH_ID: access, REFRESH_ID: refresh, AUTH_EXPIRES: String(lifetime) }
    },
    check(token) {
      const entry = issued.get(token)
      if (!entry) return { state: 'unknown' }
      return { state: entry.expiresAt > Date.now() ? 'valid' : 'expired', userId: entry.userId, frameId: entry.frameId }
    },
    takeRefresh(token) {
      const entry = refreshable.get(token) ?? null
      refreshable.delete(token)
      return entry
    },
    expireAll() {
      for (const entry of issued.values()) entry.expiresAt = 0
    },
  }
}

/** The oldest goes first: a Map keeps the order of insertion. */
function dropOldest(tokens: Map<string, unknown>): void {
  for (const old of tokens.keys()) {
    if (tokens.size <= KEPT) return
    tokens.delete(old)
  }
}
