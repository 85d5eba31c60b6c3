import { createSharedComposable, useTimestamp } from '@vueuse/core'

/** ms since epoch, once a second; one clock for the whole page, so that two countdowns never differ. */
export const useNow = createSharedComposable(() => useTimestamp({ interval: 1000 }))
