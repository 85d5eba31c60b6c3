import type { Ref } from 'vue'
import { createSharedComposable } from '@vueuse/core'
import { ref } from 'vue'

/** What one panel has asked another to show. */
export interface Chosen {
  /** Id of a message on the wire, for the app's panel. */
  messageId: Ref<string | undefined>
  /** Id of an entry, for the log. */
  logId: Ref<number | undefined>
}

export const useChosen: () => Chosen = createSharedComposable(() => ({ messageId: ref<string>(), logId: ref<number>() }))
