import type { PullRefreshTiming } from '../../types'

/** How long to wait between polls: the platform's rhythm 60-20-10, sooner where the last ones brought something. */
export interface PollRhythm {
  /** ms until the next one, by whether this one brought data. */
  after: (hasData: boolean) => number
  /** There was no need to poll in between. */
  reset: () => void
}

export function createPollRhythm({ interval, intervalAfterData, intervalAfterNone }: PullRefreshTiming): PollRhythm {
  /** The last poll brought data. */
  let isLively = false
  return {
    after(hasData) {
      const wasLively = isLively
      isLively = hasData
      if (hasData) return intervalAfterData
      return wasLively ? intervalAfterNone : interval
    },
    reset() {
      isLively = false
    },
  }
}
