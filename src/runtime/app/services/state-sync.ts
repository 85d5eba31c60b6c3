import type { PullMessage } from '../../types'
import type { PullError } from '../../utils/errors'
import { failedBy } from '../../utils/failed-by'

/** Commands that may come while one fetch is under way. */
export const BUFFER_LIMIT = 10_000

/** What a command does: the next state, or a fetch. */
export type Reducer<T> = ((state: T, params: unknown, message: PullMessage) => T) | 'refresh'

/** What became of a command. */
export type CommandOutcome = 'applied' | 'refresh' | 'failed'

/** One fetch of the snapshot, from its beginning on. */
export interface SnapshotFetch<T> {
  /**
   * Makes the answer the state, with the commands applied that came since the fetch began.
   *
   * @returns whether all of them could be applied; `null` where a newer fetch has overtaken this one, whose answer counts for nothing
   */
  accept: (snapshot: T) => boolean | null
  /** Nothing came of it. */
  drop: () => void
}

/** A snapshot and the commands that keep it right. */
export interface StateSync<T> {
  /** Takes a command in, in order of arrival. */
  command: (message: PullMessage) => CommandOutcome
  /** Begins a fetch, which overtakes the one under way. */
  begin: () => SnapshotFetch<T>
}

export interface StateSyncOptions<T> {
  reducers: ReadonlyMap<string, Reducer<T>>
  /** What is known at the beginning; `undefined` = nothing. */
  initial: T | undefined
  /** Told of each new state. */
  onState: (state: T) => void
  /** A command could not be applied. */
  onProblem: (problem: PullError, message: PullMessage) => void
  /** Keeps reducers from changing what they are given. */
  freeze: <V>(value: V) => V
}

/**
 * The heart of `usePullState()`, free of Vue and of time: which commands are applied to what.
 *
 * A command changes what is shown at once. While a fetch is under way it is kept, too, because nobody knows whether the
 * answer holds it already, and applied again to what the fetch brings.
 */
export function createStateSync<T>({ reducers, initial, onState, onProblem, freeze }: StateSyncOptions<T>): StateSync<T> {
  let state: { value: T } | undefined = initial === undefined ? undefined : { value: freeze(initial) as T }
  let underWay: { missed: PullMessage[], isOverfull: boolean } | null = null

  function show(value: T): void {
    state = { value }
    onState(value)
  }

  /** @returns the next state, or `undefined` where the command could not be applied */
  function reduce(value: T, message: PullMessage): { value: T } | undefined {
    const reducer = reducers.get(message.command)
    if (typeof reducer !== 'function') return { value }
    try {
      const next = reducer(value, message.params, message)
      if (next === undefined) throw new TypeError('it answered undefined')
      return { value: freeze(next) }
    }
    catch (cause) {
      onProblem(reducerFailed(message, cause), message)
      return undefined
    }
  }

  return {
    command(message) {
      if (underWay && underWay.missed.length < BUFFER_LIMIT) underWay.missed.push(message)
      else if (underWay) underWay.isOverfull = true
      if (reducers.get(message.command) === 'refresh') return 'refresh'
      if (!state) return 'applied'
      const next = reduce(state.value, message)
      if (!next) return 'failed'
      if (next.value !== state.value) show(next.value)
      return 'applied'
    },
    begin() {
      const mine = underWay = { missed: [], isOverfull: false }
      return {
        accept(snapshot) {
          if (mine !== underWay) return null
          underWay = null
          let value = freeze(snapshot)
          let isWhole = !mine.isOverfull
          for (const message of mine.missed) {
            const next = reduce(value, message)
            if (next) value = next.value
            else isWhole = false
          }
          show(value)
          return isWhole
        },
        drop() {
          if (mine === underWay) underWay = null
        },
      }
    },
  }
}

function reducerFailed({ module, command }: PullMessage, cause: unknown): PullError {
  return failedBy(cause, {
    code: 'REDUCER_FAILED',
    what: `The reducer of '${module}' / '${command}'`,
    why: 'A reducer makes the next state and returns it. It threw, returned nothing, or changed what it was given, which development builds freeze.',
    fix: 'Return a new value, as in `state.map(…)` or `{ ...state, … }`. The state is fetched anew meanwhile.',
  })
}
