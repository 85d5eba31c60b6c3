import type { PullConnectionState } from '../../../types'
import type { PullError } from '../../../utils/errors'
import { initialState } from './status-change'

/** What can happen to a connection. Times are in ms since epoch. */
export type StatusEvent
  = | { type: 'start' }
    | { type: 'attempt' }
    | { type: 'opened' }
    | { type: 'lost', reason: PullError, attempt: number, nextRetryAt: number }
    | { type: 'postponed', nextRetryAt: number }
    | { type: 'overdue' }
    | { type: 'failed', reason: PullError }
    | { type: 'stop' }

/** The next state. Pure; an event that means nothing in a state returns that very state. */
export function nextState(state: PullConnectionState, event: StatusEvent): PullConnectionState {
  const isTrying = state.status === 'connecting' || state.status === 'reconnecting' || state.status === 'suspended'
  switch (event.type) {
    case 'start':
      return isTrying || state.status === 'connected' ? state : { ...initialState, status: 'connecting' }
    case 'attempt':
      return isTrying && state.nextRetryAt !== null ? { ...state, nextRetryAt: null } : state
    case 'opened':
      return isTrying ? { ...initialState, status: 'connected' } : state
    case 'lost': {
      if (!isTrying && state.status !== 'connected') return state
      const { reason, attempt, nextRetryAt } = event
      return { status: isTrying ? state.status : 'reconnecting', reason, attempt, nextRetryAt }
    }
    case 'postponed':
      return isTrying ? { ...state, nextRetryAt: event.nextRetryAt } : state
    case 'overdue':
      return isTrying && state.status !== 'suspended' ? { ...state, status: 'suspended' } : state
    case 'failed':
      return isTrying || state.status === 'connected' ? { ...initialState, status: 'failed', reason: event.reason } : state
    case 'stop':
      return state.status === 'idle' || state.status === 'closed' ? state : { ...initialState, status: 'closed' }
  }
}
