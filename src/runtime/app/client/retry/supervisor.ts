import type { PullConnectionState } from '../../../types'
import { createClock } from '../../../utils/clock'
import { createClockTimer } from '../../../utils/clock-timer'
import type { PullError } from '../../../utils/errors'
import { HEALTHY_AFTER, retryDelay, SUSPENDED_AFTER, WAKE_WINDOW } from './ladder'
import { connectTimeout, connectionDead } from '../problems'
import { initialState } from './status-change'
import { nextState } from './status-machine'
import type { StatusEvent } from './status-machine'

/** ms; an attempt younger than this is not disturbed by a wake. */
const YOUNG_ATTEMPT = 10_000
/** ms; an attempt that has said nothing for this long is given up. */
const ATTEMPT_LIMIT = 45_000

/** What is being kept connected. Every answer carries the token of the attempt it belongs to. */
export interface SupervisedLink {
  /** Begins an attempt, in place of whatever there was. */
  open: (token: number) => void
  /** Ends everything. */
  close: () => void
  /** Whether the open connection is alive. */
  probe: () => Promise<boolean>
  /** Ends the attempt or connection of this token. As every other end it is answered by `lost` or `failed`. */
  giveUp: (token: number, reason: PullError) => void
}

export interface Supervisor {
  readonly state: PullConnectionState
  start: () => void
  stop: () => void
  /** The person, the page or the network is back: try at once, within limits. */
  wake: (byUser?: boolean) => void
  opened: (token: number) => void
  /** The attempt or connection is over; it is tried again after `wait` ms, by default as the ladder says. */
  lost: (token: number, reason: PullError, wait?: number) => void
  /** Retrying cannot mend it. */
  failed: (token: number, reason: PullError) => void
}

/**
 * Keeps a link connected: one attempt at a time, one retry timer, our ladder, wakes within their limit. All waits go by the
 * clock that counts sleep, so what fell due while the machine slept is done when it is back. An attempt has one way to end, `lost`:
 * also what is given up here goes through the link.
 *
 * @param link what is kept connected
 * @param onChange told of every step of the state
 * @param random a source of numbers from 0 to 1
 */
export function createSupervisor(
  link: SupervisedLink,
  onChange: (previous: PullConnectionState, current: PullConnectionState) => void,
  random: () => number = Math.random,
): Supervisor {
  const clock = createClock()
  let state = initialState
  let token = 0
  let retries = 0
  let openedAt = 0
  let attemptAt: number | null = null
  let attemptIsWake = false
  let wokenAt = Number.NEGATIVE_INFINITY
  /** When the wake that was put off is due. */
  let wakeDueAt: number | null = null
  /** When the ladder's own next retry is due: a wake that fails leaves it where it was. */
  let ladderDueAt = 0
  /** When the next try is due, be it the ladder's or a wake's. */
  let dueAt: number | null = null
  /** Until then the platform has asked to wait. */
  let politeUntil = 0
  let isProbing = false
  const retryTimer = createClockTimer(() => attempt(wakeDueAt !== null))
  const overdueTimer = createClockTimer(() => apply({ type: 'overdue' }))
  const attemptTimer = createClockTimer(() => link.giveUp(token, connectTimeout(ATTEMPT_LIMIT)))

  function apply(event: StatusEvent): void {
    const previous = state
    const current = state = nextState(previous, event)
    if (current !== previous) onChange(previous, current)
  }

  /** From here on nothing that belongs to the attempt or connection so far counts. */
  function supersede(): void {
    token++
    attemptAt = wakeDueAt = dueAt = null
    retryTimer.clear()
    attemptTimer.clear()
  }

  function attempt(isWake: boolean): void {
    supersede()
    const mine = token
    attemptAt = clock.now()
    attemptIsWake = isWake
    if (isWake) wokenAt = attemptAt
    attemptTimer.set(ATTEMPT_LIMIT)
    apply({ type: 'attempt' })
    if (mine === token) link.open(mine)
  }

  function end(event: StatusEvent): void {
    supersede()
    overdueTimer.clear()
    link.close()
    apply(event)
  }

  function start(): void {
    const before = state
    const started = nextState(before, { type: 'start' })
    if (started === before) return
    retries = politeUntil = 0
    wokenAt = Number.NEGATIVE_INFINITY
    overdueTimer.set(SUSPENDED_AFTER)
    supersede()
    const mine = token
    apply({ type: 'start' })
    if (mine === token) attempt(false)
  }

  function lost(of: number, reason: PullError, wait?: number): void {
    if (of !== token) return
    const postponedTo = wakeDueAt
    supersede()
    const now = clock.now()
    if (state.status === 'connected') {
      if (now - openedAt >= HEALTHY_AFTER) retries = 0
      overdueTimer.set(SUSPENDED_AFTER)
    }
    const isLadderKept = attemptIsWake && retries > 0 && wait === undefined
    if (!isLadderKept) retries++
    if (!isLadderKept || ladderDueAt <= now) ladderDueAt = now + (wait ?? retryDelay(retries, random()))
    politeUntil = wait === undefined ? 0 : ladderDueAt
    // A wake that was put off during the attempt still counts, unless the platform asks to wait.
    const isWake = postponedTo !== null && postponedTo < ladderDueAt && wait === undefined
    apply({ type: 'lost', reason, attempt: retries, nextRetryAt: retryAt(isWake ? postponedTo : ladderDueAt, isWake) })
  }

  /** Answers when that is, in ms since epoch. */
  function retryAt(at: number, isWake: boolean): number {
    dueAt = at
    if (isWake) wakeDueAt = at
    retryTimer.set(at - clock.now())
    return clock.toEpoch(at)
  }

  function probe(): void {
    if (isProbing) return
    isProbing = true
    const mine = token
    const done = (isAlive: boolean) => {
      isProbing = false
      if (!isAlive) link.giveUp(mine, connectionDead())
    }
    link.probe().then(done, () => done(false))
  }

  function tryNow(now: number, byUser: boolean): void {
    if (attemptAt !== null && now - attemptAt <= YOUNG_ATTEMPT) return
    if (now < politeUntil && !byUser) return
    const windowEnd = wokenAt + WAKE_WINDOW
    if (now >= windowEnd) return attempt(true)
    if (dueAt !== null && dueAt <= windowEnd) return
    apply({ type: 'postponed', nextRetryAt: retryAt(windowEnd, true) })
  }

  return {
    get state() {
      return state
    },
    start,
    stop: () => end({ type: 'stop' }),
    wake(byUser = false) {
      if (state.status === 'connected') return probe()
      if (state.status === 'failed') return byUser ? start() : undefined
      if (state.status !== 'idle' && state.status !== 'closed') tryNow(clock.now(), byUser)
    },
    opened(of) {
      if (of !== token) return
      attemptAt = wakeDueAt = dueAt = null
      attemptIsWake = false
      openedAt = clock.now()
      retryTimer.clear()
      attemptTimer.clear()
      overdueTimer.clear()
      apply({ type: 'opened' })
    },
    lost,
    failed(of, reason) {
      if (of === token) end({ type: 'failed', reason })
    },
  }
}
