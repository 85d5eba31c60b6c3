import { notReady } from '../runtime/app/client/problems'
import { toParams } from '../runtime/app/client/wire/read-message'
import { initialSession, initialState, toStatusChange } from '../runtime/app/client/retry/status-change'
import { nextState } from '../runtime/app/client/retry/status-machine'
import type { StatusEvent } from '../runtime/app/client/retry/status-machine'
import type { PullConnection, PullConnectionState, PullGap, PullMessage, PullPresence, PullSession, PullStatusChange } from '../runtime/types'
import { createEmitter, createTelling } from '../runtime/utils/emitter'
import { hold } from '../runtime/utils/hold'

/** A call that the app made. */
export interface FakeCall {
  method: string
  params: Record<string, unknown>
}

/** A connection without a portal: it connects at once, and what arrives is what the test lets arrive. */
export interface FakeConnection extends PullConnection {
  /** Lets a message arrive, as the wire may carry it: the module in any case, the params even as a list. Before the start and after a stop nothing arrives. */
  receive: (message: Pick<PullMessage, 'module' | 'command'> & Partial<PullMessage>) => void
  /** Moves the status; steps that mean nothing in the present status do nothing. */
  step: (event: StatusEvent) => void
  /** Puts the status anywhere, whether or not a step leads there. */
  setState: (next: PullConnectionState) => void
  setSession: (change: Partial<PullSession>) => void
  reportGap: (gap: PullGap) => void
  /** Ids of the users whose presence is watched, one for each watch. */
  readonly watchedUsers: readonly number[]
  /** Lets the push server say what it knows of a user. */
  tellPresence: (userId: number, presence: Partial<PullPresence>) => void
  /** REST calls so far. */
  readonly calls: readonly FakeCall[]
  /** What REST calls are answered with; it may throw. */
  answer: (call: FakeCall) => unknown
}

export interface FakeConnectionOptions {
  /**
   * Whether `start()` leads to `connected` by itself.
   * @default true
   */
  connects?: boolean
}

export function createFakeConnection({ connects = true }: FakeConnectionOptions = {}): FakeConnection {
  const telling = createTelling()
  const messages = createEmitter<PullMessage>(telling)
  const statuses = createEmitter<PullStatusChange>(telling)
  const sessions = createEmitter<PullSession>(telling)
  const gaps = createEmitter<PullGap>(telling)
  const watches = new Set<{ userId: number, tell: (presence: PullPresence) => void }>()
  const calls: FakeCall[] = []
  let state = initialState
  let session = initialSession

  function setState(next: PullConnectionState): void {
    const previous = state
    const transport = next.status === 'connected' ? session.transport ?? 'websocket' : null
    state = next
    hold(telling, () => {
      if (transport !== session.transport) fake.setSession({ transport })
      if (next !== previous) statuses.emit(toStatusChange(previous, next))
    })
  }

  const step = (event: StatusEvent) => setState(nextState(state, event))

  function connect(): void {
    step({ type: 'start' })
    if (!connects) return
    fake.setSession({ userId: session.userId ?? 1 })
    step({ type: 'opened' })
  }

  const fake: FakeConnection = {
    get state() {
      return state
    },
    get session() {
      return session
    },
    calls,
    answer: () => true,
    start: connect,
    stop: () => step({ type: 'stop' }),
    reconnect() {
      if (state.status === 'failed') connect()
      else if (connects && state.status !== 'idle' && state.status !== 'closed') step({ type: 'opened' })
    },
    onMessage: messages.on,
    onStatus: statuses.on,
    onSession: sessions.on,
    onGap: gaps.on,
    watchUser(userId, tell) {
      const watch = { userId, tell }
      watches.add(watch)
      return () => void watches.delete(watch)
    },
    async call(method, params) {
      if (state.status === 'idle') throw notReady()
      const call = { method, params }
      calls.push(call)
      return fake.answer(call)
    },
    receive({ module, params, ...message }) {
      if (state.status === 'idle' || state.status === 'closed') return
      messages.emit({ extra: {}, type: 'server', receivedAt: Date.now(), source: 'test', ...message, module: module.toLowerCase(), params: toParams(params) })
    },
    step,
    setState,
    setSession(change) {
      session = { ...session, ...change }
      sessions.emit(session)
    },
    reportGap: gaps.emit,
    get watchedUsers() {
      return [...watches].map(({ userId }) => userId)
    },
    tellPresence(userId, presence) {
      for (const watch of [...watches]) {
        if (watch.userId === userId) watch.tell({ lastSeen: null, error: null, ...presence })
      }
    },
  }
  return fake
}
