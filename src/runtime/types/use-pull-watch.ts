import type { ComputedRef } from 'vue'
import type { PullError } from '../utils/errors'

/** What `usePullWatch()` returns. */
export interface UsePullWatchReturn {
  /** Whether the portal has confirmed every one of the tags. */
  readonly isWatching: ComputedRef<boolean>
  /** Why one of the tags is not watched; `null` while none has failed. */
  readonly error: ComputedRef<PullError | null>
  /** Ends it before its component does. */
  stop: () => void
}
