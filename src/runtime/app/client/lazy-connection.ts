import type { PullConnection, PullConnectionState, PullStatusChange, Unsubscribe } from '../../types'
import { createEmitter } from '../../utils/emitter'
import type { PullError } from '../../utils/errors'
import { createWaitingList } from '../../utils/waiting-list'
import { loadFailed } from './load-problems'
import { initialState, toStatusChange } from './retry/status-change'
import { listenForWakes } from './retry/wakes'

const TRIES = 3
/** ms between two of them */
const PAUSE = 1_000

/**
 * A connection whose code is loaded with its first `start()`, so that it is not in the app's entry.
 *
 * @param load imports the code and makes the connection. Where three tries of it fail, the connection has failed until it is
 * started again: by hand, or by a wake
 */
export function lazyConnection(load: () => Promise<PullConnection>): PullConnection {
  const statuses = createEmitter<PullStatusChange>()
  const { add: whenLoaded, arrived } = createWaitingList<PullConnection>()
  let inner: PullConnection | null = null
  let loading: Promise<PullConnection> | null = null
  let triesLeft = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopWakes: Unsubscribe | undefined
  let state = initialState

  function publish(next: PullConnectionState): void {
    const previous = state
    state = next
    statuses.emit(toStatusChange(previous, next))
  }

  /** One try. */
  function loadOnce(): Promise<PullConnection> {
    clearTimeout(timer)
    return loading ??= load().then(adopt, (error) => {
      // Over before anybody is told: whoever hears of the failure may try again at once.
      loading = null
      const reason = loadFailed(error)
      if (state.status === 'connecting') retryOrFail(reason)
      throw reason
    })
  }

  function adopt(loaded: PullConnection): PullConnection {
    inner = loaded
    arrived(loaded)
    if (state.status === 'connecting') loaded.start()
    const follow = () => publish(loaded.state)
    loaded.onStatus(follow)
    if (loaded.state.status !== 'idle' && loaded.state.status !== state.status) follow()
    return loaded
  }

  function tryToLoad(): void {
    // Whoever wants to know how it went looks at the status.
    loadOnce().catch(() => {})
  }

  function retryOrFail(reason: PullError): void {
    if (--triesLeft > 0) {
      timer = setTimeout(tryToLoad, PAUSE)
      return
    }
    stopWakes = listenForWakes(start)
    publish({ ...initialState, status: 'failed', reason })
  }

  function stopTrying(): void {
    clearTimeout(timer)
    stopWakes?.()
  }

  function start(): void {
    if (inner) return inner.start()
    if (state.status === 'connecting') return
    stopTrying()
    triesLeft = TRIES
    publish({ ...initialState, status: 'connecting' })
    tryToLoad()
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
      if (inner) return inner.stop()
      stopTrying()
      if (state.status !== 'idle' && state.status !== 'closed') publish({ ...initialState, status: 'closed' })
    },
    reconnect() {
      if (inner) inner.reconnect()
      else if (state.status === 'failed') start()
    },
    onMessage: listener => whenLoaded(loaded => loaded.onMessage(listener)),
    onStatus: statuses.on,
    onSession: listener => whenLoaded(loaded => loaded.onSession(listener)),
    onGap: listener => whenLoaded(loaded => loaded.onGap(listener)),
    watchUser: (userId, listener) => whenLoaded(loaded => loaded.watchUser(userId, listener)),
    async call(method, params) {
      if (!inner && state.reason) throw state.reason
      // Where nobody has started it, the connection itself says so.
      return (inner ?? await loadOnce()).call(method, params)
    },
  }
}
