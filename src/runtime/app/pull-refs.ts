import { computed } from 'vue'
import type { ShallowRef } from 'vue'
import type { Pull, PullConnectionState, PullSession } from '../types'

/** What of a connection is to be seen. */
export type PullRefs = Omit<Pull, 'start' | 'stop' | 'reconnect' | 'on'>

export function createPullRefs(state: ShallowRef<PullConnectionState>, session: ShallowRef<PullSession>): PullRefs {
  return {
    status: computed(() => state.value.status),
    reason: computed(() => state.value.reason),
    isConnected: computed(() => state.value.status === 'connected'),
    attempt: computed(() => state.value.attempt),
    nextRetryAt: computed(() => state.value.nextRetryAt),
    transport: computed(() => session.value.transport),
    role: computed(() => session.value.role),
    userId: computed(() => session.value.userId),
    frame: computed(() => session.value.frame),
  }
}
