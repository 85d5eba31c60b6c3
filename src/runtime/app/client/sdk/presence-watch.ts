import type { PullPresence, Unsubscribe } from '../../../types'
import type { PullError } from '../../../utils/errors'
import type { SdkLink } from './link'

/** Who wants to hear of whose comings and goings, made known to the push server at each connection. */
export interface PresenceWatch {
  watch: (userId: number, listener: (presence: PullPresence) => void) => Unsubscribe
  /** There is a connection: the server has to be told from the beginning. */
  opened: () => void
  /** There is none: the server has forgotten everything. */
  lost: () => void
}

/**
 * Keeps one subscription per user at the push server, however many watch; changes of one tick go out together.
 *
 * @param call makes a call of the push server
 */
export function createPresenceWatch(call: SdkLink['callServer']): PresenceWatch {
  const watches = new Map<number, Set<{ tell: (presence: PullPresence) => void }>>()
  /** What this connection's server knows of; `null` while there is no connection. */
  let subscribed: Set<number> | null = null
  /** Whose watchers have not been told anything yet. */
  const untold = new Set<number>()
  let isDue = false

  function requestSync(): void {
    if (isDue || !subscribed) return
    isDue = true
    queueMicrotask(sync)
  }

  function sync(): void {
    isDue = false
    if (!subscribed) return
    const fresh = [...watches.keys()].filter(userId => !subscribed?.has(userId))
    const over = [...subscribed].filter(userId => !watches.has(userId))
    for (const userId of over) {
      subscribed.delete(userId)
      // It ends with the connection in any case.
      call('unsubscribeStatusChange', { userId }).catch(() => {})
    }
    for (const userId of fresh) subscribed.add(userId)
    const asked = [...untold].filter(userId => watches.has(userId))
    untold.clear()
    if (asked.length) void ask(fresh, asked, subscribed)
  }

  async function ask(fresh: readonly number[], asked: readonly number[], at: Set<number>): Promise<void> {
    const problems = new Map<number, PullError>()
    const subscriptions = fresh.map(userId => call('subscribeStatusChange', { userId })
      .catch(error => void problems.set(userId, error)))
    const [answer] = await Promise.all([
      call('getUsersLastSeen', { userList: asked }).then(seen => ({ seen, error: null }), error => ({ seen: null, error })),
      ...subscriptions,
    ])
    if (subscribed !== at) return
    for (const userId of asked) tell(userId, { lastSeen: readLastSeen(answer.seen, userId), error: problems.get(userId) ?? answer.error })
  }

  function tell(userId: number, presence: PullPresence): void {
    for (const watch of [...watches.get(userId) ?? []]) watch.tell(presence)
  }

  return {
    watch(userId, listener) {
      const watch = { tell: listener }
      watches.set(userId, (watches.get(userId) ?? new Set()).add(watch))
      untold.add(userId)
      requestSync()
      return () => {
        const others = watches.get(userId)
        if (!others?.delete(watch) || others.size) return
        watches.delete(userId)
        requestSync()
      }
    },
    opened() {
      subscribed = new Set()
      for (const userId of watches.keys()) untold.add(userId)
      if (watches.size) requestSync()
    },
    lost() {
      subscribed = null
    },
  }
}

/** Seconds from an answer `{ userId: seconds }`, in which a user who was never seen is missing. */
function readLastSeen(answer: unknown, userId: number): number | null {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, userId)) return null
  const seconds = Number((answer as Record<number, unknown>)[userId])
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
