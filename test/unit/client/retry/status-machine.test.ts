import { describe, expect, it } from 'vitest'
import { toStatusChange } from '../../../../src/runtime/app/client/retry/status-change'
import { nextState } from '../../../../src/runtime/app/client/retry/status-machine'
import type { StatusEvent } from '../../../../src/runtime/app/client/retry/status-machine'
import type { PullConnectionState, PullStatus } from '../../../../src/runtime/types'
import { PullError } from '../../../../src/runtime/utils/errors'

const earlier = new PullError({ code: 'CONNECTION_LOST', message: 'earlier', why: '', fix: '' })
const reason = new PullError({ code: 'CONNECT_TIMEOUT', message: 'now', why: '', fix: '' })

const waiting = { reason: earlier, attempt: 2, nextRetryAt: 5000 }
const fresh = { reason: null, attempt: 0, nextRetryAt: null }

const states: Record<PullStatus, PullConnectionState> = {
  idle: { status: 'idle', ...fresh },
  connecting: { status: 'connecting', ...waiting },
  connected: { status: 'connected', ...fresh },
  reconnecting: { status: 'reconnecting', ...waiting },
  suspended: { status: 'suspended', ...waiting },
  failed: { status: 'failed', ...fresh, reason: earlier },
  closed: { status: 'closed', ...fresh },
}

const events: { [Type in StatusEvent['type']]: Extract<StatusEvent, { type: Type }> } = {
  start: { type: 'start' },
  attempt: { type: 'attempt' },
  opened: { type: 'opened' },
  lost: { type: 'lost', reason, attempt: 3, nextRetryAt: 9000 },
  postponed: { type: 'postponed', nextRetryAt: 7000 },
  overdue: { type: 'overdue' },
  failed: { type: 'failed', reason },
  stop: { type: 'stop' },
}

const connecting: PullConnectionState = { status: 'connecting', ...fresh }
const connected: PullConnectionState = { status: 'connected', ...fresh }
const failed: PullConnectionState = { status: 'failed', ...fresh, reason }
const closed: PullConnectionState = { status: 'closed', ...fresh }
const lost = (status: PullStatus): PullConnectionState => ({ status, reason, attempt: 3, nextRetryAt: 9000 })
const trying = (status: PullStatus): PullConnectionState => ({ status, ...waiting, nextRetryAt: null })
const postponed = (status: PullStatus): PullConnectionState => ({ status, ...waiting, nextRetryAt: 7000 })
const suspended: PullConnectionState = { status: 'suspended', ...waiting }

/** What each event makes of each state; `same` = nothing, not even a new object. */
const same = 'same'
const table: Record<PullStatus, Record<StatusEvent['type'], PullConnectionState | typeof same>> = {
  idle: { start: connecting, attempt: same, opened: same, lost: same, postponed: same, overdue: same, failed: same, stop: same },
  connecting: {
    start: same, attempt: trying('connecting'), opened: connected, lost: lost('connecting'),
    postponed: postponed('connecting'), overdue: suspended, failed, stop: closed,
  },
  connected: { start: same, attempt: same, opened: same, lost: lost('reconnecting'), postponed: same, overdue: same, failed, stop: closed },
  reconnecting: {
    start: same, attempt: trying('reconnecting'), opened: connected, lost: lost('reconnecting'),
    postponed: postponed('reconnecting'), overdue: suspended, failed, stop: closed,
  },
  suspended: {
    start: same, attempt: trying('suspended'), opened: connected, lost: lost('suspended'),
    postponed: postponed('suspended'), overdue: same, failed, stop: closed,
  },
  failed: { start: connecting, attempt: same, opened: same, lost: same, postponed: same, overdue: same, failed: same, stop: closed },
  closed: { start: connecting, attempt: same, opened: same, lost: same, postponed: same, overdue: same, failed: same, stop: same },
}

const rows = Object.entries(table).flatMap(([status, row]) =>
  Object.entries(row).map(([event, expected]) => [status as PullStatus, event as StatusEvent['type'], expected] as const))

describe('nextState', () => {
  it('has a row for every state and event', () => {
    expect(rows).toHaveLength(7 * 8)
  })

  it.each(rows)('answers in %s to %s as the table says', (status, event, expected) => {
    const before = states[status]
    const after = nextState(before, events[event])
    if (expected === same) expect(after).toBe(before)
    else expect(after).toEqual(expected)
  })

  it('says nothing of an attempt that had not been announced', () => {
    expect(nextState(connecting, events.attempt)).toBe(connecting)
  })
})

describe('toStatusChange', () => {
  it('tells reason, attempt and the time of the next try where there are any', () => {
    expect(toStatusChange(connected, lost('reconnecting'))).toEqual({
      previous: 'connected', current: 'reconnecting', reason, attempt: 3, nextRetryAt: 9000,
    })
  })

  it('leaves them out where there are none', () => {
    expect(toStatusChange(lost('reconnecting'), connected)).toEqual({ previous: 'reconnecting', current: 'connected' })
  })
})
