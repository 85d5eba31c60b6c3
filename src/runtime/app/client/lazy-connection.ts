import type { PullConnection, PullConnectionState, PullStatusChange } from '../../types'
import { createEmitter } from '../../utils/emitter'
import type { PullError } from '../../utils/errors'
import { createWaitingList } from '../../utils/waiting-list'
import { retryDelay } from './ladder'
import { loadFailed } from './load-problems'
import { initialState, toStatusChange } from './status-change'

/**
 * A connection whose code is loaded with its first `start()`, so that it is not in the app's entry.
 *
 * @param load imports the code and makes the connection; a failed load is tried again on the ladder
 */
export function lazyConnection(load: () => Promise<PullConnection>): PullConnection {
  const statuses = createEmitter<PullStatusChange>()
  const { add: whenLoaded, arrived } = createWaitingList<PullConnection>()
  let inner: PullConnection | null = null
  let loading: Promise<PullError | undefined> | null = null
  let retries = 0
  let retryTimer: ReturnType<typeof setTimeout> | undefined
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
    if (state.status === 'connecting') inner.start()
  }

  function start(): void {
    if (inner) return inner.start()
    if (state.status !== 'connecting') {
      retries = 0
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
      if (state.status === 'connecting') retryLater(problem)
      return problem
    })
  }

  function retryLater(reason: PullError): void {
    const delay = retryDelay(++retries, Math.random())
    retryTimer = setTimeout(tryToLoad, delay)
    publish({ status: 'connecting', reason, attempt: retries, nextRetryAt: Date.now() + delay })
  }

  return {
    get state() {
      return state
    },
    get session() {
      return inner?.session ?? { frame: null, userId: null, transport: null }
    },
    start,
    stop() {
      clearTimeout(retryTimer)
      inner?.stop()
      if (state.status !== 'idle') publish({ ...initialState, status: 'closed' })
    },
    reconnect() {
      if (inner) inner.reconnect()
      else if (state.status === 'connecting') tryToLoad()
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
