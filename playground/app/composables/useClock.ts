import type { PullRefreshReason } from 'nuxt-b24-pull'

/** A fetch, and what came of it. */
export interface ClockFetch {
  reason: PullRefreshReason
  /** ms since epoch */
  at: number
  /** The portal's own time. */
  time: string
}

/** A tenth of the defaults and less, in ms: nobody wants to watch for a minute. */
export const quickTiming = { grace: 1_000, interval: 6_000, intervalAfterData: 2_000, intervalAfterNone: 3_000, spread: 500 }

const KEPT = 6

/** The portal's time, kept right by `usePullRefresh`: at the start, after a gap, and by polls while the connection is away. */
export function useClock() {
  const { frame } = usePull()
  const fetches = shallowRef<readonly ClockFetch[]>([])
  const total = ref(0)

  const { refresh, isRefreshing, error, refreshedAt } = usePullRefresh(async ({ reason }) => {
    if (!frame.value) return
    const time = await callRest<string>(frame.value, 'server.time')
    total.value++
    fetches.value = [{ reason, at: Date.now(), time }, ...fetches.value].slice(0, KEPT)
    // What polls bring may run through the handlers of usePullCommand, as if it had been pushed.
    if (reason === 'poll') return [{ module: 'application', command: 'clock.read', params: { time } }]
  }, quickTiming)

  const { count: polled } = usePullCommand('application', 'clock.read')

  return { fetches, total, polled, refresh, isRefreshing, error, refreshedAt }
}
