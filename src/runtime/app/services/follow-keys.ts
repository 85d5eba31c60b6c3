import { shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'
import type { PullError } from '../../utils/errors'
import type { PullContext } from '../pull-context'
import { bindToScope } from './bind-to-scope'

/** Something that is shared by name, and held until it is released (once). */
export interface Held {
  release: () => void
}

export interface FollowedKeys<K, H extends Held> {
  /** What is held, by key; `undefined` on the server and once stopped. */
  readonly held: Readonly<ShallowRef<ReadonlyMap<K, H | undefined>>>
  /** What is wrong with the keys since they last changed. */
  readonly error: Readonly<ShallowRef<PullError | null>>
  stop: () => void
}

/**
 * Holds one thing for each key of a list, follows the changes of the list, and lets all go with the scope.
 *
 * @param context of the app; `null` where nothing is to be held
 * @param caller name of the composable, for warnings
 * @param source the keys as the caller gave them
 * @param check makes a list of keys of what was given
 * @param hold begins to hold for a key
 * @throws PullError of `check`, the first time; later ones are reported and kept in `error`
 */
export function followKeys<S, K, H extends Held>(
  context: PullContext | null,
  caller: string,
  source: MaybeRefOrGetter<S>,
  check: (given: S) => readonly K[],
  hold: (key: K) => H | undefined,
): FollowedKeys<K, H> {
  const held = shallowRef<ReadonlyMap<K, H | undefined>>(new Map())
  const error = shallowRef<PullError | null>(null)
  let isStopped = false

  function follow(): void {
    const keys = new Set(check(toValue(source)))
    const before = held.value
    // The new ones first: what stays is not given back in between.
    held.value = new Map([...keys].map(key => [key, before.get(key) ?? hold(key)]))
    for (const [key, thing] of before) {
      if (!keys.has(key)) thing?.release()
    }
  }

  function stop(): void {
    if (isStopped) return
    isStopped = true
    unwatch()
    for (const thing of held.value.values()) thing?.release()
    held.value = new Map([...held.value.keys()].map(key => [key, undefined]))
  }

  follow()
  // Reads the keys one by one, so that changes inside a reactive list count too.
  const unwatch = watch(() => [toValue(source)].flat(), () => {
    try {
      follow()
      error.value = null
    }
    catch (problem) {
      error.value = problem as PullError
      context?.report(problem as PullError)
    }
  }, { flush: 'sync' })
  if (context) bindToScope(context, caller, stop)

  return { held, error, stop }
}
