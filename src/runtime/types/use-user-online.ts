import type { ComputedRef } from 'vue'
import type { PullError } from '../utils/errors'

/** What `useUserOnline()` returns. */
export interface UseUserOnlineReturn {
  /** Who is online, by user id; `null` = not known. Holds every user asked for. */
  readonly online: ComputedRef<ReadonlyMap<number, boolean | null>>
  /** s since each user was last seen: 0 = online now, `null` = never, or not known. Goes on by itself. */
  readonly lastSeen: ComputedRef<ReadonlyMap<number, number | null>>
  /** Why the server does not tell, or what is wrong with the ids; `null` while all is well. */
  readonly error: ComputedRef<PullError | null>
  /** Ends it before its component does; everybody is unknown from then on. */
  stop: () => void
}
