import type { PullConnection, PullConnectionState, PullSession, PullStatusChange } from '../../../types'
import { createEmitter } from '../../../utils/emitter'
import type { Telling } from '../../../utils/emitter'
import { initialSession, initialState, toStatusChange } from '../retry/status-change'
import { handedOver } from './problems'

/** What the app of this frame sees of the connection, whoever holds it: one story, however often that changes. */
export interface View extends Pick<PullConnection, 'state' | 'session' | 'onStatus' | 'onSession'> {
  /** A story begins. */
  begin: () => void
  show: (next: PullConnectionState) => void
  /** Whoever holds the connection has a story of its own: what it begins with is for this frame a way back, or the other way round. */
  showAsOwn: (next: PullConnectionState) => void
  setSession: (change: Partial<PullSession>) => void
}

export function createView(telling: Telling): View {
  const statuses = createEmitter<PullStatusChange>(telling)
  const sessions = createEmitter<PullSession>(telling)
  let state = initialState
  let session = initialSession
  let wasConnected = false

  function show(told: PullConnectionState): void {
    const previous = state
    const next = isSameReason(told.reason, state.reason) ? { ...told, reason: state.reason } : told
    wasConnected ||= next.status === 'connected'
    state = next
    const isSame = (Object.keys(next) as (keyof PullConnectionState)[]).every(key => next[key] === previous[key])
    if (!isSame) statuses.emit(toStatusChange(previous, next))
  }

  return {
    get state() {
      return state
    },
    get session() {
      return session
    },
    begin: () => void (wasConnected = false),
    show,
    showAsOwn(next) {
      if (next.status === 'connecting' && wasConnected) show({ ...next, status: state.status === 'suspended' ? 'suspended' : 'reconnecting', reason: next.reason ?? state.reason ?? handedOver() })
      else if (next.status === 'reconnecting' && !wasConnected) show({ ...next, status: 'connecting' })
      else show(next)
    },
    setSession(change) {
      const isSame = (Object.keys(change) as (keyof PullSession)[]).every(key => change[key] === session[key])
      if (isSame) return
      session = { ...session, ...change }
      sessions.emit(session)
    },
    onStatus: statuses.on,
    onSession: sessions.on,
  }
}

/** Errors that came over the channel are made anew each time. */
const isSameReason = (one: PullConnectionState['reason'], other: PullConnectionState['reason']): boolean =>
  !!one && one.code === other?.code && one.message === other.message && one.why === other.why
