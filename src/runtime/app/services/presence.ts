import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { PullMessage, PullStatus, Unsubscribe } from '../../types'
import { createClock } from '../../utils/clock'
import type { PullError } from '../../utils/errors'
import type { PullContext, PullService } from '../pull-context'

/** ms after which "last seen" is counted on. */
const TICK = 30_000

/** From here on what was known of a user may be wrong. */
const isStale = (status: PullStatus): boolean => status === 'suspended' || status === 'failed' || status === 'closed'

/** What is known of one user. */
export interface UserPresence {
  readonly online: boolean | null
  /** ms on the clock of `now`; `null` = never seen, or not known. */
  readonly seenAt: number | null
  readonly error: PullError | null
}

export interface WatchedUser {
  readonly presence: Readonly<ShallowRef<UserPresence>>
  /** To be called once. */
  release: () => void
}

/** Who is online, for every component of an app: each user is watched once, by whoever asks first until the last one goes. */
export interface Presence extends PullService {
  watch: (userId: number) => WatchedUser
  /** ms on a clock that never goes back, moved on every now and then while somebody watches. */
  readonly now: Readonly<ShallowRef<number>>
}

const unknown: UserPresence = { online: null, seenAt: null, error: null }

interface Entry {
  presence: ShallowRef<UserPresence>
  watchers: number
  end: Unsubscribe
}

export function createPresence({ connection, listen }: PullContext): Presence {
  const clock = createClock()
  const users = new Map<number, Entry>()
  const now = shallowRef(0)
  let ends: Unsubscribe[] | null = null

  function set({ presence }: Entry, change: Partial<UserPresence>): void {
    now.value = clock.now()
    presence.value = { ...presence.value, ...change }
  }

  function onMessage({ command, params }: PullMessage): void {
    if (command !== 'userStatusChange' || typeof params.online !== 'boolean') return
    const entry = users.get(Number(params.user_id))
    if (entry) set(entry, { online: params.online, seenAt: clock.now() })
  }

  function begin(): void {
    const timer = setInterval(() => now.value = clock.now(), TICK)
    const listening = listen({ type: 'online', module: '*', commands: 'userStatusChange', listener: onMessage })
    ends = [
      () => clearInterval(timer),
      () => listening.leave(),
      connection.onStatus(({ current }) => {
        if (isStale(current)) for (const entry of users.values()) set(entry, unknown)
      }),
    ]
  }

  function end(): void {
    ends?.forEach(stop => stop())
    ends = null
  }

  function add(userId: number): Entry {
    const entry: Entry = { presence: shallowRef(unknown), watchers: 0, end: () => {} }
    users.set(userId, entry)
    if (!ends) begin()
    entry.end = connection.watchUser(userId, ({ lastSeen, error }) => set(entry, error
      ? { error }
      : { error, online: lastSeen === 0, seenAt: lastSeen === null ? null : clock.now() - lastSeen * 1000 }))
    return entry
  }

  function release(userId: number, entry: Entry): void {
    if (--entry.watchers) return
    entry.end()
    users.delete(userId)
    if (!users.size) end()
  }

  return {
    now,
    watch(userId) {
      const entry = users.get(userId) ?? add(userId)
      entry.watchers++
      return { presence: entry.presence, release: () => release(userId, entry) }
    },
    dispose() {
      end()
      for (const entry of users.values()) entry.end()
    },
  }
}
