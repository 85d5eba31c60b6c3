import type { PullRefreshReason, PullRefreshTiming, PullStatus } from '../../types'
import { createClockTimer } from '../../utils/clock-timer'

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
export interface RefreshSchedule {
  /** Tells where the connection stands. */
  connection: (status: PullStatus) => void
  /** Messages may have been missed. */
  gap: () => void
  /** Tells whether the page is hidden; also to be called whenever the clock may have jumped. */
  page: (isHidden: boolean) => void
  /** Fetches now, or after what is under way. Resolves when it is over. */
  refresh: () => Promise<void>
  /** Begins nothing any more. */
  stop: () => void
}

export interface RefreshScheduleOptions {
  timing: PullRefreshTiming
  /** Fetches. Never called while it is under way; must not reject. */
  run: (reason: PullRefreshReason) => Promise<FetchOutcome>
  /** A source of numbers from 0 to 1. */
  random?: () => number
}

/** In which order reasons take their turn where several wait for the fetch under way. */
const order: readonly PullRefreshReason[] = ['manual', 'start', 'gap', 'poll']

/**
 * The schedule of `usePullRefresh`, free of Vue: once at the start, once after each gap, and by the platform's rhythm
 * 60-20-10 while the connection is away.
 */
export function createRefreshSchedule({ timing, run, random = Math.random }: RefreshScheduleOptions): RefreshSchedule {
  const waiting = new Set<PullRefreshReason>()
  const callers: (() => void)[] = []
  const grace = createClockTimer(graceOver)
  const poll = createClockTimer(pollDue)
  const gapDelay = createClockTimer(gapDue)
  let isBegun = !timing.immediate
  let isAway = false
  let isHidden = false
  /** A gap waits for the page to be seen. */
  let isPutOff = false
  /** A gap is waited with because its fetch has failed. */
  let isRetry = false
  /** The last poll brought data. */
  let isLively = false
  let isRunning = false
  let isStopped = false

  function want(reason: PullRefreshReason): void {
    if (isStopped) return
    waiting.add(reason)
    if (!isRunning) void runWaiting()
  }

  async function runWaiting(): Promise<void> {
    isRunning = true
    for (let reason = next(); reason; reason = next()) {
      waiting.delete(reason)
      const told = reason === 'manual' ? callers.splice(0) : []
      over(reason, await run(reason))
      for (const tell of told) tell()
    }
    isRunning = false
  }

  const next = (): PullRefreshReason | undefined => order.find(reason => waiting.has(reason))

  function over(reason: PullRefreshReason, outcome: FetchOutcome): void {
    if (isStopped) return
    if (reason === 'poll') {
      if (isAway) poll.set(waitAfterPoll(outcome === 'data'))
    }
    else if (reason === 'start') {
      // What must be right is not: it is tried again at the pace of polls.
      if (outcome === 'failed') isBegun = false
      const isPolling = isAway && !grace.isSet
      if ((isPolling || !isBegun) && !poll.isSet) poll.set(timing.interval)
    }
    else if (reason === 'gap' && outcome === 'failed' && !gapDelay.isSet) {
      isRetry = true
      gapDelay.set(timing.interval)
    }
  }

  function waitAfterPoll(hasData: boolean): number {
    const wasLively = isLively
    isLively = hasData
    if (hasData) return timing.intervalAfterData
    return wasLively ? timing.intervalAfterNone : timing.interval
  }

  function begin(): void {
    if (isBegun) return
    isBegun = true
    want('start')
  }

  function graceOver(): void {
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

  return {
    connection(status) {
      if (isStopped) return
      if (status === 'connected' || status === 'closed') {
        isAway = isLively = false
        grace.clear()
        poll.clear()
        waiting.delete('poll')
        begin()
        return
      }
      if (!isAway) grace.set(timing.grace)
      isAway = true
      if (status === 'failed') begin()
    },
    gap() {
      if (isStopped || isPutOff || (gapDelay.isSet && !isRetry)) return
      isRetry = false
      gapDelay.set(timing.spread * random())
    },
    page(hidden) {
      isHidden = hidden
      for (const timer of [grace, poll, gapDelay]) timer.check()
      if (isPutOff && !isHidden) gapDue()
    },
    refresh: () => new Promise((resolve) => {
      if (isStopped) return resolve()
      callers.push(resolve)
      want('manual')
    }),
    stop() {
      isStopped = true
      waiting.clear()
      for (const timer of [grace, poll, gapDelay]) timer.clear()
      for (const tell of callers.splice(0)) tell()
    },
  }
}
