import type { PullError } from '../utils/errors'
import type { PullMessage } from './message'
import type { PullGap, PullStatusChange } from './status'

/** Nuxt runtime hooks of this module: `nuxtApp.hook('b24-pull:status', change => …)`. */
export interface PullRuntimeHooks {
  /** Every message, before its handlers. */
  'b24-pull:message': (message: PullMessage) => void
  /** Every change of the status word. */
  'b24-pull:status': (change: PullStatusChange) => void
  /** Messages may have been missed: fetch again what must be right. */
  'b24-pull:gap': (gap: PullGap) => void
  /**
   * A handler, filter, schema, fetcher or reducer failed or could not keep up, what a fetcher brought is no message, a tag was refused or could
   * not be asked for, a `send()` or `notify()` failed, or a name, id or tag is none that changed later or was given in a production build.
   * Broken frames are warned of in the console.
   */
  'b24-pull:error': (error: PullError, message?: PullMessage) => void
}
