import type { PullPresence, Unsubscribe } from '../../../types'
import type { PullError } from '../../../utils/errors'
import type { SdkLink } from './link-types'
import { createUserWatches } from './user-watches'

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
  const watches = createUserWatches(sync)
  /** What this connection's server knows of; `null` while there is no connection. */
  let subscribed: Set<number> | null = null

  function sync(): void {
    if (!subscribed) return
    const watched = new Set(watches.users())
    const fresh = [...watched].filter(userId => !subscribed?.has(userId))
    for (const userId of [...subscribed].filter(userId => !watched.has(userId))) {
      subscribed.delete(userId)
      // It ends with the connection in any case.
      call('unsubscribeStatusChange', { userId }).catch(() => {})
    }
    for (const userId of fresh) subscribed.add(userId)
    const asked = watches.takeUntold()
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
    for (const userId of asked) watches.tell(userId, { lastSeen: readLastSeen(answer.seen, userId), error: problems.get(userId) ?? answer.error })
  }

  return {
    watch: watches.watch,
    opened() {
      subscribed = new Set()
      watches.askAnew()
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
