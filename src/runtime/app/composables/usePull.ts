import { shallowRef } from 'vue'
import type { Pull } from '../../types'
import { initialSession, initialState } from '../client/retry/status-change'
import { injectPull } from '../pull-context'
import { createPullRefs } from '../pull-refs'

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
  return {
    ...createPullRefs(shallowRef(initialState), shallowRef(initialSession)),
    start: () => Promise.resolve(),
    stop: () => {},
    reconnect: () => {},
    on: () => () => {},
  }
}
