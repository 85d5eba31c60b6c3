import type { ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'

/** What `usePullOnline()` returns. */
export interface UsePullOnlineReturn {
  /** The last error of the handler. */
  readonly error: Readonly<ShallowRef<PullError | null>>
  /** Ends it before its component does. */
  stop: () => void
}
