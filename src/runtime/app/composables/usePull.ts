import { computed } from 'vue'
import type { Pull } from '../../types'
import { injectPull } from '../pull-context'

/**
 * The connection: its status, who the user is, the frame, and how to start, stop and reconnect it.
 *
 * On the server, and in an app without this module, it is inert: `idle` for ever.
 *
 * @throws PullError `NO_CONTEXT`
 *
 * @example
 * ```ts
 * const { status, reason, reconnect } = usePull()
 * ```
 */
export function usePull(): Pull {
  return injectPull('usePull')?.pull ?? createInertPull()
}

function createInertPull(): Pull {
  const nothing = computed(() => null)
  return {
    status: computed(() => 'idle' as const),
    reason: nothing,
    isConnected: computed(() => false),
    attempt: computed(() => 0),
    nextRetryAt: nothing,
    transport: nothing,
    role: nothing,
    userId: nothing,
    frame: nothing,
    start: () => Promise.resolve(),
    stop: () => {},
    reconnect: () => {},
    on: () => () => {},
  }
}
