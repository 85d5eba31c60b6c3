import type { PullConnection, PullConnectionState, PullStatus, Unsubscribe } from '../../types'
import type { PullError } from '../../utils/errors'
import { loadFailed } from './load-problems'
import { initialState } from './retry/status-change'
import { listenForWakes } from './retry/wakes'

const TRIES = 3
/** ms between two of them */
const PAUSE = 1_000

/** What a connection can be told to do. */
export type ConnectionControls = Pick<PullConnection, 'start' | 'stop' | 'reconnect' | 'call'>

/** Stands in for a connection whose code has not been loaded. */
export interface Loader<T> extends ConnectionControls {
  /** One try, or the one under way. @throws PullError `LOAD_FAILED` */
  load: () => Promise<T>
}

/**
 * @param load imports the code and puts what it makes in this one's place; a start that has been asked for is passed on
 * @param show told where that stands. Where three tries fail, it has failed until it is started again: by hand, or by a wake
 */
export function createLoader<T extends { connection: PullConnection }>(load: () => Promise<T>, show: (state: PullConnectionState) => void): Loader<T> {
  let state = initialState
  let loading: Promise<T> | null = null
  let triesLeft = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopWakes: Unsubscribe | undefined

  function set(status: PullStatus, reason: PullError | null = null): void {
    show(state = { ...initialState, status, reason })
  }

  function tryOnce(): Promise<T> {
    clearTimeout(timer)
    return loading ??= load().then((loaded) => {
      stopTrying()
      if (state.status === 'connecting' || state.reason) loaded.connection.start()
      return loaded
    }, (error) => {
      // Over before anybody is told: whoever hears of the failure may try again at once.
      loading = null
      const reason = loadFailed(error)
      if (state.status === 'connecting') retryOrFail(reason)
      throw reason
    })
  }

  function tryForStart(): void {
    // Whoever wants to know how it went looks at the status.
    tryOnce().catch(() => {})
  }

  function retryOrFail(reason: PullError): void {
    if (--triesLeft) {
      timer = setTimeout(tryForStart, PAUSE)
      return
    }
    stopWakes = listenForWakes(start)
    set('failed', reason)
  }

  function stopTrying(): void {
    clearTimeout(timer)
    stopWakes?.()
  }

  function start(): void {
    if (state.status === 'connecting') return
    stopTrying()
    triesLeft = TRIES
    set('connecting')
    tryForStart()
  }

  return {
    load: tryOnce,
    start,
    stop() {
      stopTrying()
      if (state.status === 'connecting' || state.reason) set('closed')
    },
    reconnect() {
      if (state.reason) start()
    },
    async call(method, params) {
      if (state.reason) throw state.reason
      // Where nobody has started it, the connection itself says so.
      return (await tryOnce()).connection.call(method, params)
    },
  }
}
