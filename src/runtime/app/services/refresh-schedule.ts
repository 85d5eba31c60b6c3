import type { PullRefreshReason, PullRefreshTiming, PullStateReason, PullStatus } from '../../types'
import { createClockTimer } from '../../utils/clock-timer'
import { createPollRhythm } from './poll-rhythm'

export const defaultTiming: PullRefreshTiming = {
  immediate: true,
  grace: 10_000,
  interval: 60_000,
  intervalAfterData: 10_000,
  intervalAfterNone: 20_000,
  spread: 5_000,
}

/** How a fetch ended. */
export type FetchOutcome = 'data' | 'none' | 'failed'

/** Decides when to fetch, and why. */
export interface RefreshSchedule<Reason extends PullStateReason = PullRefreshReason> {
  /** Tells where the connection stands. */
  connection: (status: PullStatus) => void
  /** Messages may have been missed. */
  gap: () => void
  /** Tells whether the page is hidden; also to be called whenever the clock may have jumped. */
  page: (isHidden: boolean) => void
  /** Fetches now, or after what is under way. Resolves when it is over. */
  refresh: () => Promise<void>
  /** Fetches for a reason that only the caller knows, within so many ms; asked for again meanwhile, it does so once. */
  request: (reason: Exclude<Reason, PullRefreshReason>, within: number) => void
  /** Whether something is due that the fetch under way does not answer. */
  readonly isDue: boolean
  /** Begins nothing by itself, and keeps in mind what is due. */
  pause: () => void
  resume: () => void
  /** Begins nothing any more. */
  stop: () => void
}

export interface RefreshScheduleOptions<Reason extends PullStateReason> {
  timing: PullRefreshTiming
  /** Fetches. Never called while it is under way; must not reject. */
  run: (reason: Reason) => Promise<FetchOutcome>
  /**
   * One fetch answers all reasons there are, whichever it is told: it brings everything.
   * @default false
   */
  isWhole?: boolean
  /** Told when the connection has been away for longer than `grace`, has failed or was stopped, and when it is back. */
  onAway?: (isAway: boolean) => void
  /** A source of numbers from 0 to 1. */
  random?: () => number
}

/** In which order reasons take their turn where several wait for the fetch under way. */
const order: readonly PullStateReason[] = ['manual', 'start', 'resume', 'gap', 'error', 'command', 'poll']

/**
 * The schedule of `usePullRefresh` and `usePullState`, free of Vue: once at the start, once after each gap, and by the
 * platform's rhythm 60-20-10 while the connection is away.
 */
export function createRefreshSchedule<Reason extends PullStateReason = PullRefreshReason>(
  { timing, run, isWhole = false, onAway = () => {}, random = Math.random }: RefreshScheduleOptions<Reason>,
): RefreshSchedule<Reason> {
  const waiting = new Set<PullStateReason>()
  /** Asked for by the caller, or failed, and not due yet. */
  const requested = new Set<PullStateReason>()
  /** Who waits for a fetch that has not begun. */
  const callers: (() => void)[] = []
  /** Who waits for the one under way. */
  let answering: (() => void)[] = []
  const grace = createClockTimer(graceOver)
  const poll = createClockTimer(pollDue)
  const gapDelay = createClockTimer(gapDue)
  const requestDelay = createClockTimer(requestDue)
  const timers = [grace, poll, gapDelay, requestDelay]
  const rhythm = createPollRhythm(timing)
  let isBegun = !timing.immediate
  let isAway = false
  let isHidden = false
  /** A gap waits for the page to be seen. */
  let isPutOff = false
  /** A gap is waited with because its fetch has failed. */
  let isRetry = false
  let isRunning = false
  let isPaused = false
  let isStopped = false
  /** What was fetched before the first connection may lack what came in between. */
  let hasFetched = false
  let wasConnected = false
  /** ms for which `requestDelay` was set: what is asked for sooner than that does not wait for what has more time. */
  let requestWithin = 0

  function want(...reasons: PullStateReason[]): void {
    if (isStopped) return
    reasons.forEach(reason => waiting.add(reason))
    if (!isRunning) void runWaiting()
  }

  async function runWaiting(): Promise<void> {
    isRunning = true
    for (let reason = next(); reason; reason = next()) {
      const answered = take(reason)
      answering = answered.has('manual') ? callers.splice(0) : []
      hasFetched = true
      const outcome = await run(reason as Reason)
      for (const each of answered) over(each, outcome)
      for (const tell of answering) tell()
    }
    isRunning = false
  }

  const next = (): PullStateReason | undefined => order.find(reason => waiting.has(reason) && !(isPaused && reason !== 'manual'))

  /** The reasons that a fetch answers: they are due no more. */
  function take(reason: PullStateReason): Set<PullStateReason> {
    if (!isWhole) {
      waiting.delete(reason)
      return new Set([reason])
    }
    const answered = new Set([...waiting, ...requested])
    if (gapDelay.isSet || isPutOff) answered.add('gap')
    if (!isBegun) {
      isBegun = true
      poll.clear()
      answered.add('start')
    }
    waiting.clear()
    requested.clear()
    gapDelay.clear()
    requestDelay.clear()
    isPutOff = isRetry = false
    return answered
  }

  function over(reason: PullStateReason, outcome: FetchOutcome): void {
    if (isStopped) return
    if (reason === 'poll') {
      if (isAway) poll.set(rhythm.after(outcome === 'data'))
    }
    else if (reason === 'start') {
      // What must be right is not: it is tried again at the pace of polls.
      if (outcome === 'failed') isBegun = false
      const isPolling = isAway && !grace.isSet
      if ((isPolling || !isBegun) && !poll.isSet) poll.set(timing.interval)
    }
    else if (outcome === 'failed' && reason === 'gap') {
      if (gapDelay.isSet) return
      isRetry = true
      gapDelay.set(timing.interval)
    }
    else if (outcome === 'failed' && reason !== 'manual') request(reason, timing.interval)
  }

  function request(reason: PullStateReason, within: number): void {
    if (isStopped) return
    requested.add(reason)
    if (requestDelay.isSet && requestWithin <= within) return
    requestWithin = within
    requestDelay.set(within)
    // What is due at once does not wait for a timer.
    requestDelay.check()
  }

  function begin(): void {
    if (isBegun) return
    isBegun = true
    want('start')
  }

  function graceOver(): void {
    onAway(true)
    begin()
    poll.set(timing.interval)
  }

  function pollDue(): void {
    if (!isBegun) begin()
    else want('poll')
  }

  function gapDue(): void {
    isRetry = false
    isPutOff = isHidden
    if (!isHidden) want('gap')
  }

  function requestDue(): void {
    const due = [...requested]
    requested.clear()
    want(...due)
  }

  return {
    connection(status) {
      if (isStopped) return
      if (status === 'connected' || status === 'closed') {
        isAway = false
        rhythm.reset()
        grace.clear()
        poll.clear()
        waiting.delete('poll')
        onAway(status === 'closed')
        const isFirst = status === 'connected' && !wasConnected
        wasConnected ||= isFirst
        if (isFirst && hasFetched && (timing.immediate || isWhole)) isBegun = false
        begin()
        return
      }
      if (!isAway) grace.set(timing.grace)
      isAway = true
      if (status === 'failed') {
        onAway(true)
        begin()
      }
    },
    gap() {
      if (isStopped || isPutOff || (gapDelay.isSet && !isRetry)) return
      isRetry = false
      gapDelay.set(timing.spread * random())
    },
    page(hidden) {
      isHidden = hidden
      for (const timer of timers) timer.check()
      if (isPutOff && !isHidden) gapDue()
    },
    refresh: () => new Promise((resolve) => {
      if (isStopped) return resolve()
      callers.push(resolve)
      want('manual')
    }),
    request,
    get isDue() {
      return waiting.size > 0
    },
    pause() {
      isPaused = true
    },
    resume() {
      isPaused = false
      if (waiting.size && !isRunning) void runWaiting()
    },
    stop() {
      isStopped = true
      waiting.clear()
      requested.clear()
      for (const timer of timers) timer.clear()
      for (const tell of [...answering, ...callers.splice(0)]) tell()
    },
  }
}
