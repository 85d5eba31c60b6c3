import { getActivePinia, setActivePinia } from 'pinia'
import type { Pinia } from 'pinia'
import type { App } from 'vue'
import type { CreatedPull } from '../runtime/app/create-pull'
import type { SchemaLookup } from '../runtime/schema/command-schemas'
import { usePullStore } from '../runtime/app/stores/usePullStore'
import type { PullStore } from '../runtime/app/stores/usePullStore'

/** The pulls of the apps that a test mounts. Two apps on one Pinia share a store, and so have to share the pull that writes it. */
export interface AppPulls {
  /** The pull of an app, with its schemas; ended when the last app on its Pinia is unmounted. */
  join: (app: App, pinia: Pinia, schemaOf: SchemaLookup | undefined) => CreatedPull
}

export function createAppPulls(create: (store: PullStore, schemaOf: SchemaLookup | undefined) => CreatedPull): AppPulls {
  const met = new WeakSet<Pinia>()
  const shared = new Map<Pinia, { pull: CreatedPull, apps: number }>()
  return {
    join(app, pinia, schemaOf) {
      const store = storeIn(pinia)
      if (!met.has(pinia)) forgetMessages(store)
      met.add(pinia)
      const entry = shared.get(pinia) ?? { pull: create(store, schemaOf), apps: 0 }
      shared.set(pinia, entry)
      entry.apps++
      app.onUnmount(() => {
        if (--entry.apps) return
        shared.delete(pinia)
        entry.pull.dispose()
      })
      return entry.pull
    },
  }
}

/** What the tests before have left in a Pinia that all of them share. Not by `clear()`, which a testing Pinia stubs. */
function forgetMessages(store: PullStore): void {
  Object.assign(store, { messages: [], counts: new Map(), lastMessageAt: null })
}

/**
 * The pull's store in a Pinia, which need not be the active one: that is the test's to choose. While a testing Pinia is
 * active, stores come from there, whichever is asked for.
 */
export function storeIn(pinia: Pinia): PullStore {
  const active = getActivePinia()
  try {
    setActivePinia(pinia)
    return usePullStore(pinia)
  }
  finally {
    setActivePinia(active)
  }
}
