import { computed, ref, shallowRef } from 'vue'
import type { PullFetcher, PullMessage, PullRefreshReason, PullRefreshTiming, UsePullRefreshOptions, UsePullRefreshReturn } from '../../types'
import { epochNow } from '../../utils/clock'
import { PullError } from '../../utils/errors'
import { describe } from '../../utils/describe'
import { injectPull } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'
import { checkRefreshArguments } from '../services/check-arguments'
import { toFetcherError } from '../services/fetcher-error'
import { followConnection } from '../services/follow-connection'
import { toPollMessage } from '../services/poll-message'
import { createRefreshSchedule, defaultTiming } from '../services/refresh-schedule'
import type { FetchOutcome } from '../services/refresh-schedule'
import { showUse } from '../services/show-use'

/** ms: a week */
const MAX_TIME = 604_800_000

/**
 * Keeps data right although pull is best effort: fetches once at the start, once after each gap, and at the platform's
 * rhythm while the connection is away (for longer than `grace`): after 60 s; 10 s after a poll that brought data, that is
 * a list that is not empty; 20 s after the first that brought none again; then after 60 s.
 *
 * The fetch at the start waits for the connection, so that nothing is missed between the two; where none comes, until
 * `grace` is over or the connection has failed. A gap's is spread by a random delay and put off while the page is hidden.
 * Never do two run at a time: one that is wanted meanwhile runs once afterwards. A failed fetch at the start or
 * after a gap is tried again after `interval`. Once the connection was stopped there are no polls.
 *
 * Messages that the fetcher returns run through the handlers of `usePullCommand` with `source: 'poll'`. The push server
 * may bring the same ones later: that is the fetcher's care.
 *
 * @param fetcher called with the reason and an AbortSignal; may return messages `{ module, command, params }`
 * @param options times in ms
 * @throws PullError `INTERVAL_ERROR`, `NO_CONTEXT`, in development `ARGUMENT_ERROR`; `error` holds `FETCHER_FAILED` and `FETCHED_MESSAGE_ERROR`
 *
 * @example
 * ```ts
 * const deals = ref<unknown[]>([])
 * const { isRefreshing, refresh } = usePullRefresh(async ({ signal }) => {
 *   deals.value = await $fetch('/api/deals', { signal })
 * })
 * ```
 */
export function usePullRefresh(fetcher: PullFetcher, options: UsePullRefreshOptions = {}): UsePullRefreshReturn {
  if (process.env.NODE_ENV !== 'production') checkRefreshArguments(fetcher, options)
  const timing = readTiming(options)
  const context = injectPull('usePullRefresh')
  const isRefreshing = ref(false)
  const error = shallowRef<PullError | null>(null)
  const refreshedAt = ref<number | null>(null)
  const abort = new AbortController()

  async function run(reason: PullRefreshReason): Promise<FetchOutcome> {
    isRefreshing.value = true
    try {
      const brought = await fetcher({ reason, signal: abort.signal })
      const engine = Array.isArray(brought) && brought.length ? await context?.engine() : undefined
      if (abort.signal.aborted) return 'none'
      refreshedAt.value = epochNow()
      error.value = null
      if (!engine) return 'none'
      deliverAll(brought as unknown[], engine.receive)
      return 'data'
    }
    catch (problem) {
      if (!abort.signal.aborted) tell(toFetcherError('usePullRefresh', problem, reason))
      return 'failed'
    }
    finally {
      isRefreshing.value = false
    }
  }

  function deliverAll(brought: readonly unknown[], receive: (message: PullMessage) => void): void {
    const now = epochNow()
    let problem: unknown
    for (const given of brought) {
      try {
        receive(toPollMessage(given, now))
      }
      catch (thrown) {
        problem ??= thrown
      }
    }
    if (problem) tell(problem as PullError)
  }

  function tell(problem: PullError): void {
    error.value = problem
    context?.report(problem)
  }

  const isPaused = ref(false)
  const isStopped = ref(false)
  const shown = { isRefreshing, error, refreshedAt, isActive: computed(() => !isPaused.value && !isStopped.value) }

  function setPaused(paused: boolean): void {
    isPaused.value = paused
    if (paused) schedule.pause()
    else schedule.resume()
  }

  const schedule = createRefreshSchedule({ timing, run })
  const unfollow = context && followConnection(context, schedule)

  function stop(): void {
    isStopped.value = true
    unfollow?.()
    schedule.stop()
    abort.abort()
  }
  if (context) bindToScope(context, 'usePullRefresh', stop)
  if (process.env.NODE_ENV !== 'production') {
    showUse(context, 'usePullRefresh', () => ({ isRefreshing: isRefreshing.value, isActive: shown.isActive.value, refreshedAt: refreshedAt.value, error: error.value }))
  }

  return {
    ...shown,
    refresh: () => context ? schedule.refresh() : Promise.resolve(),
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    stop,
  }
}

/** @throws PullError `INTERVAL_ERROR` */
function readTiming(options: UsePullRefreshOptions): PullRefreshTiming {
  const timing = { ...defaultTiming }
  for (const [name, value] of Object.entries(options) as [keyof PullRefreshTiming, unknown][]) {
    if (value === undefined) continue
    const isRight = name === 'immediate' ? typeof value === 'boolean' : typeof value === 'number' && value >= leastOf(name) && value <= MAX_TIME
    if (!isRight) throw intervalError(name, value)
    Object.assign(timing, { [name]: value })
  }
  return timing
}

/** Polls without a wait would never end. */
const leastOf = (name: string): number => name.startsWith('interval') ? 1 : 0

function intervalError(name: string, value: unknown): PullError {
  return new PullError({
    code: 'INTERVAL_ERROR',
    message: `The option \`${name}\` of usePullRefresh() is ${describe(value)}.`,
    why: `It may be ${name === 'immediate' ? 'true or false' : `a number of ms, from ${leastOf(name)} to ${MAX_TIME}`}.`,
    fix: 'Correct it, or leave it out: it has a default.',
  })
}
