import type { Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullParams } from './message'

/**
 * Why data are fetched.
 *
 * - `start`: for the first time
 * - `gap`: messages may have been missed
 * - `poll`: the connection is away
 * - `manual`: `refresh()` was called
 */
export type PullRefreshReason = 'start' | 'gap' | 'poll' | 'manual'

/** What a fetcher is called with. */
export interface PullFetchContext {
  readonly reason: PullRefreshReason
  /** Aborted when the component goes; hand it on to `fetch`. */
  readonly signal: AbortSignal
}

/** A message as a fetcher brings it; it runs through the handlers of `usePullCommand`. */
export interface PullFetchedMessage {
  /** Module id, in any case. */
  module: string
  command: string
  /** @default {} */
  params?: PullParams
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a function without a return statement is meant
type Fetched = readonly PullFetchedMessage[] | void

/** Fetches what must be right. May bring messages; a list that is not empty counts as data that came. */
export type PullFetcher = (context: PullFetchContext) => Fetched | Promise<Fetched>

/** Times in ms. */
export interface PullRefreshTiming {
  /**
   * Fetch once at the start, as soon as there is a connection, or none to be expected.
   * @default true
   */
  immediate: boolean
  /**
   * How long the connection may be away before polling begins.
   * @default 10_000
   */
  grace: number
  /**
   * Wait before a poll.
   * @default 60_000
   */
  interval: number
  /**
   * Wait before the poll after one that brought data.
   * @default 10_000
   */
  intervalAfterData: number
  /**
   * Wait before the poll after the first that brought none again.
   * @default 20_000
   */
  intervalAfterNone: number
  /**
   * A gap is fetched after a random delay of up to this, so that not every page asks at once.
   * @default 5_000
   */
  spread: number
}

/** Options of `usePullRefresh()`: times in ms, each with its default. */
export type UsePullRefreshOptions = Partial<PullRefreshTiming>

/** What `usePullRefresh()` returns. */
export interface UsePullRefreshReturn {
  /** Fetches now, or once more after the fetch under way. Resolves when that is over, whatever came of it. */
  refresh: () => Promise<void>
  /** Whether a fetch is under way. */
  readonly isRefreshing: Readonly<Ref<boolean>>
  /** What went wrong with the last fetch, or with a message that it brought; `null` after a success. */
  readonly error: Readonly<ShallowRef<PullError | null>>
  /** When the last successful fetch ended, in ms since epoch. */
  readonly refreshedAt: Readonly<Ref<number | null>>
  /** `false` while paused, and once stopped. */
  readonly isActive: Readonly<Ref<boolean>>
  /** Fetches nothing by itself until `resume()`, which fetches once for each kind that fell due meanwhile. */
  pause: () => void
  resume: () => void
  /** Ends it before its component does: aborts the fetch under way, begins no other. */
  stop: () => void
}
