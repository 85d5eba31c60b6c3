import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { CallRest } from '../../rest/send-event'
import { isBrowser } from '../../utils/env'
import type { PullError } from '../../utils/errors'
import { createLogger } from '../../utils/logger'
import { snapshot } from '../../utils/snapshot'
import { orLoadFailed } from '../client/or-load-failed'
import { findPull } from '../pull-context'
import type { PullContext } from '../pull-context'

type Code = typeof import('./outgoing')

/** Sends, and shows what a component shows of it: whether a call is under way, and how the last one failed. */
export interface Sending<Args extends unknown[]> {
  /** For templates: what goes wrong is kept in `error` and reported. */
  send: (...args: Args) => void
  /** Resolves once the portal has taken it. @throws PullError */
  sendAsync: (...args: Args) => Promise<void>
  isSending: ComputedRef<boolean>
  /** `null` after a success. */
  error: ShallowRef<PullError | null>
}

/**
 * @param caller name of the composable
 * @param prepare called at once with what the app gave; what it answers sends it, once its code has loaded
 * @throws PullError `NO_CONTEXT`
 */
export function createSending<Args extends unknown[]>(
  caller: string,
  prepare: (context: PullContext | null, ...args: Args) => (code: Code, call: CallRest) => Promise<void>,
): Sending<Args> {
  const context = findPull(caller)
  const underWay = ref(0)
  const error = shallowRef<PullError | null>(null)

  async function sendAsync(...args: Args): Promise<void> {
    // Nobody sends while a page is rendered on the server.
    if (!context && !isBrowser) return
    // Now, and not once the code has loaded: a form may be emptied meanwhile.
    const run = prepare(context, ...snapshot(args))
    underWay.value++
    try {
      const code = await orLoadFailed(import('./outgoing'))
      const refuse = () => Promise.reject(code.noPull(caller))
      await run(code, context?.call ?? refuse)
      error.value = null
    }
    catch (problem) {
      error.value = problem as PullError
      throw problem
    }
    finally {
      underWay.value--
    }
  }

  const report = context?.report ?? ((problem: PullError) => createLogger('error').error(problem))

  return {
    send: (...args) => void sendAsync(...args).catch(report),
    sendAsync,
    isSending: computed(() => underWay.value > 0),
    error,
  }
}
