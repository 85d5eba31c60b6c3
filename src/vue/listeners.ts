import type { PullRuntimeHooks } from '../runtime/types'
import type { PullLogger } from '../runtime/utils/logger'

/** What an app may hear of its whole pull: Nuxt's runtime hooks under names of their own. */
export interface PullListeners {
  /** Every message, before its handlers. */
  onMessage?: PullRuntimeHooks['b24-pull:message']
  /** Every change of the status word. */
  onStatus?: PullRuntimeHooks['b24-pull:status']
  /** Messages may have been missed: fetch again what must be right. */
  onGap?: PullRuntimeHooks['b24-pull:gap']
  /** A handler, filter or schema failed, or what a fetcher brought is no message. Broken frames are warned of in the console. */
  onError?: PullRuntimeHooks['b24-pull:error']
}

/** The same listeners; what one throws reaches neither the connection nor the handlers. */
export function guardListeners({ onMessage, onStatus, onGap, onError }: PullListeners, logger: PullLogger): PullListeners {
  function guard<Args extends unknown[]>(name: string, listener: ((...args: Args) => unknown) | undefined): ((...args: Args) => void) | undefined {
    if (!listener) return undefined
    const failed = (error: unknown) => logger.error(`${name} failed.`, error)
    return (...args) => {
      try {
        Promise.resolve(listener(...args)).catch(failed)
      }
      catch (error) {
        failed(error)
      }
    }
  }
  return {
    onMessage: guard('onMessage', onMessage),
    onStatus: guard('onStatus', onStatus),
    onGap: guard('onGap', onGap),
    onError: guard('onError', onError),
  }
}
