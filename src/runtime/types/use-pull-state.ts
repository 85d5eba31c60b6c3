import type { MaybeRefOrGetter, Ref, ShallowRef } from 'vue'
import type { PullError } from '../utils/errors'
import type { PullModuleName, PullParamsOf } from './commands'
import type { PullMessage } from './message'
import type { PullRefreshReason } from './use-pull-refresh'

/**
 * Why a snapshot is fetched: for the reasons of `usePullRefresh()`, and three of its own.
 *
 * - `command`: a command of which the reducer is `'refresh'`
 * - `error`: a command could not be applied, or a fetch has failed
 * - `resume`: it was paused or not enabled, and heard nothing meanwhile
 */
export type PullStateReason = PullRefreshReason | 'command' | 'error' | 'resume'

/** What the fetcher of `usePullState()` is called with. */
export interface PullStateFetchContext {
  readonly reason: PullStateReason
  /** Aborted when the answer is not wanted any more; hand it on to `fetch`. */
  readonly signal: AbortSignal
}

/** Fetches the snapshot: all of the state, as it is now. `undefined` is none: that fetch has failed. */
export type PullStateFetcher<T> = (context: PullStateFetchContext) => T | Promise<T>

/** Makes the next state of the one before and a command. Pure: it changes neither, and answers the same for the same. */
export type PullReducer<T, Params> = (state: T, params: Params, message: PullMessage<Params>) => T

/** What each command, by its name, does to the state; `'refresh'` fetches it anew. */
export type PullReducers<T, M extends string, C extends string> = {
  readonly [Command in C]: Command extends '*' ? never : PullReducer<T, PullParamsOf<M, Command>> | 'refresh'
}

/** Options of `usePullState()`. */
export interface UsePullStateOptions<T, M extends PullModuleName = 'application'> {
  /**
   * Module id of the commands.
   * @default 'application'
   */
  module?: M
  /**
   * The first snapshot, as the server rendered it say: then none is fetched at the start. Read once; `undefined` is none.
   */
  initial?: T | (() => T | undefined)
  /**
   * Whether to hear commands and to fetch. Becoming `true` again fetches what was missed.
   * @default true
   */
  enabled?: MaybeRefOrGetter<boolean>
  /**
   * ms within which several commands of the kind `'refresh'` cost one fetch.
   * @default 500
   */
  debounce?: number
}

/** What `usePullState()` returns. */
export interface UsePullStateReturn<State> {
  /** The snapshot with all commands since applied; `undefined` before the first. Read-only, and frozen in development. */
  readonly state: Readonly<ShallowRef<State>>
  /** No snapshot has come, and none has failed to come. */
  readonly isPending: Readonly<Ref<boolean>>
  /** It may be behind: a fetch is due or has failed, or nothing arrives because of pause or connection. */
  readonly isStale: Readonly<Ref<boolean>>
  /** What went wrong last: a fetch, a reducer, a schema; `null` once a fetch has succeeded. */
  readonly error: Readonly<ShallowRef<PullError | null>>
  /** Fetches now; an answer under way is dropped. Resolves when that is over, whatever came of it. */
  refresh: () => Promise<void>
  /** When the last successful fetch ended, in ms since epoch. */
  readonly refreshedAt: Readonly<Ref<number | null>>
  /** `false` while paused or not enabled, and once stopped. */
  readonly isActive: Readonly<Ref<boolean>>
  /** Hears and fetches nothing by itself until `resume()`, which fetches what was missed. */
  pause: () => void
  resume: () => void
  /** Ends it before its scope does. The state stays. */
  stop: () => void
}
