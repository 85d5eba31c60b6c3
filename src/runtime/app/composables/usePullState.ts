import { computed, ref, shallowRef, toValue, watch } from 'vue'
import type { PullCommandName, PullModuleName, PullReducers, PullStateFetcher, PullStateReason, UsePullStateOptions, UsePullStateReturn } from '../../types'
import { createClockTimer } from '../../utils/clock-timer'
import { epochNow } from '../../utils/clock'
import type { PullError } from '../../utils/errors'
import { deepFreeze } from '../hub/deep-freeze'
import { injectPull } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'
import { checkStateArguments } from '../services/check-arguments'
import { toFetcherError } from '../services/fetcher-error'
import { followConnection } from '../services/follow-connection'
import { createRefreshSchedule, defaultTiming } from '../services/refresh-schedule'
import type { FetchOutcome } from '../services/refresh-schedule'
import { showUse } from '../services/show-use'
import { createStateSync } from '../services/state-sync'
import type { Reducer } from '../services/state-sync'
import { usePullCommand } from './usePullCommand'

/** ms */
const DEBOUNCE = 500

/**
 * The portal's data on the screen, kept right: a snapshot that is fetched once, and commands that change it.
 *
 * A command is applied at once; one that comes while the fetcher runs is applied to what it brings, too. The snapshot is
 * fetched anew after a gap (after a random delay, and once the page is seen), when a command could not be applied, for
 * commands of which the reducer is `'refresh'`, after a pause, and by the rhythm of `usePullRefresh()` while the connection is
 * away; one fetch answers all reasons that there are. The first one waits for the connection, for 10 s at most.
 *
 * @param fetcher brings all of the state; called with the reason and an AbortSignal
 * @param reducers by command: the next state from state, params and message, or `'refresh'`
 * @param options module, first snapshot, `enabled`, `debounce` in ms
 * @throws PullError `NO_CONTEXT`, and in development `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, of which a
 * production build keeps the last three in `error`; `error` also holds `FETCHER_FAILED`, `REDUCER_FAILED`, `SCHEMA_MISMATCH`, `SCHEMA_FAILED`, `QUEUE_OVERFLOW`
 *
 * @example
 * ```ts
 * interface Deal { id: number, title: string }
 *
 * const { state: deals, isStale } = usePullState(() => $fetch<Deal[]>('/api/deals'), {
 *   'deal.removed': (deals, { id }) => deals.filter(deal => deal.id !== id),
 *   'deal.imported': 'refresh',
 * }, { initial: [] })
 * ```
 */
export function usePullState<T, const C extends PullCommandName<M>, const M extends PullModuleName = 'application'>(
  fetcher: PullStateFetcher<T>,
  reducers: PullReducers<NoInfer<T>, M, C>,
  options: UsePullStateOptions<NoInfer<T>, M> & { initial: NoInfer<T> | (() => NoInfer<T>) },
): UsePullStateReturn<T>
export function usePullState<T, const C extends PullCommandName<M>, const M extends PullModuleName = 'application'>(
  fetcher: PullStateFetcher<T>,
  reducers: PullReducers<NoInfer<T>, M, C>,
  options?: UsePullStateOptions<NoInfer<T>, M>,
): UsePullStateReturn<T | undefined>
export function usePullState<T>(
  fetcher: PullStateFetcher<T>,
  reducers: Readonly<Record<string, unknown>>,
  options: UsePullStateOptions<T, PullModuleName> = {},
): UsePullStateReturn<T | undefined> {
  if (process.env.NODE_ENV !== 'production') checkStateArguments(fetcher, reducers, options)
  const { module = 'application', initial, enabled = true, debounce = DEBOUNCE } = options
  const context = injectPull('usePullState')
  const known = typeof initial === 'function' ? (initial as () => T | undefined)() : initial

  const state = shallowRef(known)
  const error = shallowRef<PullError | null>(null)
  const refreshedAt = ref<number | null>(null)
  const hasFailed = ref(false)
  const isAway = ref(false)
  /** Something has happened that only a fetch can mend: so many times, and whether none has since. */
  let faults = 0
  const isDirty = ref(false)
  const isPaused = ref(false)
  const isStopped = ref(false)
  const isActive = computed(() => toValue(enabled) && !isPaused.value && !isStopped.value)
  const isPending = computed(() => state.value === undefined && !hasFailed.value)
  const isStale = computed(() => state.value !== undefined && (isDirty.value || isAway.value || !isActive.value))

  let underWay: { overtake: () => void } | null = null
  /** The commands that failed lately cost one fetch, and those to come within the interval another. */
  const errorPause = createClockTimer(() => {})
  /** A fetcher that never answers must not keep what is due from being fetched. */
  const patience = createClockTimer(() => {
    if (schedule.isDue) underWay?.overtake()
    else if (underWay) patience.set(defaultTiming.interval)
  })

  const sync = createStateSync<T>({
    reducers: new Map(Object.entries(reducers as Record<string, Reducer<T>>)),
    initial: known,
    freeze: process.env.NODE_ENV !== 'production' ? deepFreeze : value => value,
    onState: value => state.value = value,
    onProblem: (problem, message) => tell(problem, message),
  })

  const schedule = createRefreshSchedule<PullStateReason>({
    timing: { ...defaultTiming, immediate: known === undefined },
    isWhole: true,
    run: fetchSnapshot,
    onAway: away => isAway.value = away,
  })

  function tell(problem: PullError, message?: Parameters<NonNullable<typeof context>['report']>[1]): void {
    error.value = problem
    context?.report(problem, message)
  }

  function soil(): void {
    faults++
    isDirty.value = true
  }

  /** The state lacks something, which a fetch brings. */
  function mend(): void {
    soil()
    schedule.request('error', errorPause.isSet ? defaultTiming.interval : 0)
    errorPause.set(defaultTiming.interval)
  }

  function fetchSnapshot(reason: PullStateReason): Promise<FetchOutcome> {
    return new Promise((resolve) => {
      const abort = new AbortController()
      // What is known already came without a connection, and may lack what was sent before there was one.
      if (reason === 'start') soil()
      const snapshot = sync.begin()
      const mended = faults
      const end = (outcome: FetchOutcome) => {
        if (underWay !== mine) return
        underWay = null
        patience.clear()
        resolve(outcome)
      }
      const mine = underWay = {
        overtake() {
          snapshot.drop()
          abort.abort()
          end('none')
        },
      }
      patience.set(defaultTiming.interval)
      new Promise<T>(answer => answer(fetcher({ reason, signal: abort.signal }))).then((brought) => {
        if (underWay !== mine) return
        // Nothing known is what `undefined` stands for in the state: it would be pending for ever.
        if (brought === undefined) throw new TypeError('it answered undefined')
        refreshedAt.value = epochNow()
        error.value = null
        hasFailed.value = false
        if (faults === mended) isDirty.value = false
        if (snapshot.accept(brought) === false) mend()
        end('data')
      }).catch((problem) => {
        if (underWay !== mine) return
        snapshot.drop()
        hasFailed.value = true
        // Polls come again by themselves, and only while the state counts as stale.
        if (reason !== 'poll') soil()
        // Whatever this one had overtaken: what is missing is asked for again.
        if (isDirty.value) schedule.request('error', defaultTiming.interval)
        tell(toFetcherError('usePullState', problem, reason))
        end('failed')
      })
    })
  }

  const commands = Object.keys(reducers)
  const heard = usePullCommand(module, commands, (params, message) => {
    const outcome = sync.command(message)
    if (outcome === 'refresh') {
      soil()
      schedule.request('command', debounce)
    }
    else if (outcome === 'failed') {
      mend()
    }
  }, { enabled: isActive })
  // Of a wrong name it was told there and then.
  error.value = heard.error.value

  function stop(): void {
    isStopped.value = true
    unfollow()
    schedule.stop()
    errorPause.clear()
    underWay?.overtake()
    heard.stop()
  }

  function setActive(active: boolean): void {
    if (isStopped.value) return
    if (!active) {
      schedule.pause()
      underWay?.overtake()
      return
    }
    soil()
    schedule.request('resume', 0)
    schedule.resume()
  }

  let unfollow = () => {}
  if (context) {
    if (!isActive.value) schedule.pause()
    const stopWatching = [
      watch(isActive, setActive, { flush: 'sync' }),
      // What a schema refused is missing in the state.
      watch(heard.error, (problem) => {
        if (!problem) return
        error.value = problem
        mend()
      }, { flush: 'sync' }),
      context.connection.onGap(soil),
    ]
    const unfollowConnection = followConnection(context, schedule)
    unfollow = () => [...stopWatching, unfollowConnection].forEach(end => end())
    bindToScope(context, 'usePullState', stop)
    if (process.env.NODE_ENV !== 'production') {
      showUse(context, 'usePullState', () => ({ module, commands, state: state.value, isPending: isPending.value, isStale: isStale.value, isActive: isActive.value, refreshedAt: refreshedAt.value, error: error.value }))
    }
  }

  return {
    state, isPending, isStale, error, refreshedAt, isActive,
    refresh() {
      if (!context || isStopped.value) return Promise.resolve()
      underWay?.overtake()
      return schedule.refresh()
    },
    pause: () => void (isPaused.value = true),
    resume: () => void (isPaused.value = false),
    stop,
  }
}
