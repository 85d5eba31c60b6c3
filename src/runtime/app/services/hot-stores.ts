import { getActivePinia } from 'pinia'
import type { Pinia } from 'pinia'
import { getCurrentScope } from 'vue'
import type { EffectScope } from 'vue'
import type { PullService } from '../pull-context'

// Development only. When a store is edited, Pinia runs the new setup as a store of its own and takes over what that returns.
// The scope of the old setup goes on, because watchers of the store live in it: what the old setup subscribed has to be ended
// one by one.

/** Pinia's id of the store that is there for the length of an update. */
const HOT = /^__hot:/

export interface HotStores extends PullService {
  /** Has a subscription end when the store in whose setup it was made is replaced by an edited one. */
  endWithUpdate: (scope: EffectScope, end: () => void) => void
}

/** The stores of one app, as they are edited. */
export function createHotStores(): HotStores {
  const ends = new WeakMap<EffectScope, Set<() => void>>()
  /** The newest scope of each store. */
  const scopes = new Map<string, EffectScope | undefined>()
  let watched: Pinia | undefined

  /** A plugin is called in the scope of each store, once its setup is through: also for the store that is being set up now. */
  function watchStores(pinia: Pinia): void {
    watched = pinia
    pinia.use(({ store: { $id } }) => {
      const id = $id.replace(HOT, '')
      const replaced = id === $id ? undefined : scopes.get(id)
      scopes.set(id, getCurrentScope())
      // Pinia has yet to copy the old state: were the old subscription ended before, the new `isActive` would be false.
      if (replaced) queueMicrotask(() => ends.get(replaced)?.forEach(end => end()))
    })
  }

  return {
    endWithUpdate(scope, end) {
      const pinia = getActivePinia()
      if (pinia && pinia !== watched) watchStores(pinia)
      ends.set(scope, (ends.get(scope) ?? new Set()).add(end))
    },
    dispose: () => scopes.clear(),
  }
}
