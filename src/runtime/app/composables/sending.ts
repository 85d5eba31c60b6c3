import { computed, type ComputedRef, ref, type ShallowRef, shallowRef } from 'vue'
import type { PullError } from '../../utils/errors'

/** What a component shows of its calls: whether one is under way, and how the last one failed. */
export interface Sending {
  isSending: ComputedRef<boolean>
  /** `null` after a success. */
  error: ShallowRef<PullError | null>
  /** Runs a call, and passes on what it throws. */
  run: (call: () => Promise<void>) => Promise<void>
}

export function createSending(): Sending {
  const underWay = ref(0)
  const error = shallowRef<PullError | null>(null)
  return {
    isSending: computed(() => underWay.value > 0),
    error,
    async run(call) {
      underWay.value++
      try {
        await call()
        error.value = null
      }
      catch (problem) {
        error.value = problem as PullError
        throw problem
      }
      finally {
        underWay.value--
      }
    },
  }
}
