import type { PullConnection, PullConnectionState, PullStatusChange, Unsubscribe } from '../../types'
import { createEmitter } from '../../utils/emitter'
import type { PullError } from '../../utils/errors'
import { createWaitingList } from '../../utils/waiting-list'
import { retryDelay } from './retry/ladder'
import { loadFailed } from './load-problems'
import { initialState, toStatusChange } from './retry/status-change'
import { listenForWakes, SUSPENDED_AFTER, WAKE_WINDOW } from './retry/wakes'

/**
 * A connection whose code is loaded with its first `start()`, so that it is not in the app's entry.
 *
 * @param load imports the code and makes the connection; a failed load is tried again on the ladder and by wakes, as every
 * failed step of a start is
 */
export function lazyConnection(load: () => Promise<PullConnection>): PullConnection {
  const statuses = createEmitter<PullStatusChange>()
  const { add: whenLoaded, arrived } = createWaitingList<PullConnection>()
  let inner: PullConnection | null = null
  let loading: Promise<PullError | undefined> | null = null
  let retries = 0
  /** The last wake that counted; ms since epoch. */
  let wokenAt = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let overdueTimer: ReturnType<typeof setTimeout> | undefined
  let stopWakes: Unsubscribe | null = null
  let state = initialState

  function publish(next: PullConnectionState): void {
    const previous = state
    state = next
    const isSame = (Object.keys(next) as (keyof PullConnectionState)[]).every(key => next[key] === previous[key])
    if (!isSame) statuses.emit(toStatusChange(previous, next))
  }

  function adopt(loaded: PullConnection): undefined {
    inner = loaded
    arrived(loaded)
    inner.onStatus(() => publish(loaded.state))
    if (stopTrying()) inner.start()
  }

  /** Ends what waits for a load. Answers whether one was wanted. */
  function stopTrying(): boolean {
    clearTimeout(retryTimer)
    clearTimeout(overdueTimer)
    const isWanted = !!stopWakes
    stopWakes?.()
    stopWakes = null
    return isWanted
  }

  function start(): void {
    if (inner) return inner.start()
    if (!stopWakes) {
      retries = wokenAt = 0
      stopWakes = listenForWakes(wake)
      overdueTimer = setTimeout(() => publish({ ...state, status: 'suspended' }), SUSPENDED_AFTER)
      publish({ ...initialState, status: 'connecting' })
    }
    tryToLoad()
  }

  function tryToLoad(): void {
    clearTimeout(retryTimer)
    publish({ ...state, nextRetryAt: null })
    void loadOnce()
  }

  /** Resolves with the problem, if there is one. */
  function loadOnce(): Promise<PullError | undefined> {
    return loading ??= load().then(adopt, (error) => {
      // Over before anybody is told: whoever hears of the failure may try again at once.
      loading = null
      const problem = loadFailed(error)
      if (stopWakes) {
        const delay = retryDelay(++retries, Math.random())
        retryAt(Date.now() + delay, { ...state, reason: problem, attempt: retries })
      }
      return problem
    })
  }

  function retryAt(nextRetryAt: number, as: PullConnectionState): void {
    clearTimeout(retryTimer)
    retryTimer = setTimeout(tryToLoad, nextRetryAt - Date.now())
    publish({ ...as, nextRetryAt })
  }

  /** Does not advance the ladder. */
  function wake(): void {
    const at = Math.max(Date.now(), wokenAt + WAKE_WINDOW)
    if (state.nextRetryAt === null || at >= state.nextRetryAt) return
    wokenAt = at
    retries--
    retryAt(at, state)
  }

  return {
    get state() {
      return state
    },
    get session() {
      return inner?.session ?? { frame: null, userId: null, transport: null, role: null }
    },
    start,
    stop() {
      inner?.stop()
      if (stopTrying()) publish({ ...initialState, status: 'closed' })
    },
    reconnect() {
      if (inner) inner.reconnect()
      else wake()
    },
    onMessage: listener => whenLoaded(loaded => loaded.onMessage(listener)),
    onStatus: statuses.on,
    onSession: listener => whenLoaded(loaded => loaded.onSession(listener)),
    onGap: listener => whenLoaded(loaded => loaded.onGap(listener)),
    watchUser: (userId, listener) => whenLoaded(loaded => loaded.watchUser(userId, listener)),
    async call(method, params) {
      // Where nobody has started it, the connection itself says so.
      const problem = inner ? null : (!loading && state.reason) || await loadOnce()
      if (problem) throw problem
      return inner!.call(method, params)
    },
  }
}
