import { computed, type ComputedRef, ref, type ShallowRef, shallowRef } from 'vue'
import type { PullError } from '../../utils/errors'
import { orLoadFailed } from '../client/load-problems'

/** What a component shows of its calls: whether one is under way, and how the last one failed. */
export interface Sending {
  isSending: ComputedRef<boolean>
  /** `null` after a success. */
  error: ShallowRef<PullError | null>
  /**
   * Loads the code of a call, because an app that only listens shall not pay for it, and makes the call. Passes on what it throws.
   *
   * @throws PullError `LOAD_FAILED`
   */
  run: <Code>(load: () => Promise<Code>, call: (code: Code) => Promise<void> | null) => Promise<void>
}

export function createSending(): Sending {
  const underWay = ref(0)
  const error = shallowRef<PullError | null>(null)
  return {
    isSending: computed(() => underWay.value > 0),
    error,
    async run(load, call) {
      underWay.value++
      try {
        await call(await orLoadFailed(load()))
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
