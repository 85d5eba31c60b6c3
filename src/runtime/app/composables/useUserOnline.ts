import { computed } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { UseUserOnlineReturn } from '../../types'
import type { PullError } from '../../utils/errors'
import { checkUserIds } from '../../rest/user-ids'
import { injectPull } from '../pull-context'
import { followKeys } from '../services/follow-keys'
import { createPresence } from '../services/presence'
import type { UserPresence, WatchedUser } from '../services/presence'
import { showUse } from '../services/show-use'

const fix = 'Give the id of a user as a positive whole number, a list of such ids, or nothing while it is not known yet.'

/**
 * Who is online, and when they were last seen.
 *
 * However many components ask for a user, the push server is asked once, and again after a reconnect. While the
 * connection is gone for longer than two minutes, everybody counts as unknown. Push servers before version 5, and
 * long polling, cannot be asked: `error` is `PRESENCE_UNAVAILABLE`, and only events that come by themselves count.
 *
 * Not verified on a live portal: which users' presence a portal tells to an application is not documented.
 *
 * @param userIds one id, a list, or nothing yet; a ref or getter follows its changes
 * @throws PullError `USER_ID_ERROR`, `NO_CONTEXT`; `error` holds `PRESENCE_UNAVAILABLE`, or `USER_ID_ERROR` of a change
 *
 * @example
 * ```ts
 * const { online, lastSeen } = useUserOnline([2, 3])
 * const isColleagueOnline = computed(() => online.value.get(2) ?? false)
 * ```
 */
export function useUserOnline(userIds: MaybeRefOrGetter<number | readonly number[] | null | undefined>): UseUserOnlineReturn {
  const context = injectPull('useUserOnline')
  const service = context?.service(createPresence)
  const { held, error, stop } = followKeys(
    context,
    'useUserOnline',
    userIds,
    given => given === null || given === undefined ? [] : checkUserIds(given, fix),
    userId => service?.watch(userId),
  )

  function byUser<T>(read: (user: UserPresence) => T): ReadonlyMap<number, T | null> {
    return new Map([...held.value].map(([id, user]) => [id, user ? read(user.presence.value) : null]))
  }

  const presence = {
    online: computed(() => byUser(user => user.online)),
    lastSeen: computed(() => byUser(user => secondsSince(user, service?.now.value ?? 0))),
    error: computed(() => error.value ?? firstError(held.value)),
  }
  if (process.env.NODE_ENV !== 'production') {
    showUse(context, 'useUserOnline', () => ({ online: Object.fromEntries(presence.online.value), lastSeen: Object.fromEntries(presence.lastSeen.value), error: presence.error.value }))
  }
  return { ...presence, stop }
}

function secondsSince({ online, seenAt }: UserPresence, now: number): number | null {
  if (online) return 0
  return seenAt === null ? null : Math.max(0, Math.round((now - seenAt) / 1000))
}

function firstError(users: ReadonlyMap<number, WatchedUser | undefined>): PullError | null {
  for (const user of users.values()) {
    if (user?.presence.value.error) return user.presence.value.error
  }
  return null
}
