import { defineStore } from 'pinia'
import type { StoreDefinition } from 'pinia'
import { customRef, ref, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { PullMessage, PullStatus } from '../../types'
import type { PullError } from '../../utils/errors'

/** State of the store. Written by the module only. */
export interface PullStoreState {
  /** Where the connection stands. */
  readonly status: PullStatus
  /** Why the connection is not there; `null` while all is well. */
  readonly reason: PullError | null
  /** The last messages, newest last, at most as many as the option `history` says. */
  readonly messages: readonly PullMessage[]
  /** How many messages were recorded, by module and command. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** When the last recorded message came, in ms since epoch. */
  readonly lastMessageAt: number | null
}

export interface PullStoreActions {
  /** The newest recorded message of a command, or `undefined`. */
  latest: (module: string, command: string) => PullMessage | undefined
  /** Forgets messages and counts. */
  clear: () => void
}

/** For plugins that persist every store: what came lately is nobody's to keep, and what an old page heard is no news to the next. */
const notPersisted: object = { persist: false }

/** State that anybody may put in place: a plugin that persists, a payload, `$patch`. What is not of its kind starts empty. */
function guarded<T>(empty: () => T, isRight: (given: unknown) => boolean): Ref<T> {
  let held = empty()
  return customRef((track, trigger) => ({
    get() {
      track()
      return held
    },
    set(next) {
      held = isRight(next) ? next : empty()
      trigger()
    },
  }))
}

/**
 * What the connection did and what came lately, as a Pinia store (id `b24-pull`).
 *
 * Recorded are the messages of the modules named in the option `modules`, and those that some component listens to.
 * It may lag behind the handlers by one animation frame.
 *
 * @example
 * ```ts
 * const store = usePullStore()
 * const lastPing = computed(() => store.latest('application', 'ping')?.params)
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Pinia's own notation of "no getters"
export const usePullStore: StoreDefinition<'b24-pull', PullStoreState, {}, PullStoreActions> = defineStore('b24-pull', () => {
  const status = ref<PullStatus>('idle')
  const reason = shallowRef<PullError | null>(null)
  const messages = guarded<readonly PullMessage[]>(() => [], given => Array.isArray(given) && given.every(message => message?.module))
  const counts = guarded<PullStoreState['counts']>(() => new Map(), given => given instanceof Map && [...given.values()].every(commands => commands instanceof Map))
  const lastMessageAt = ref<number | null>(null)

  function latest(module: string, command: string): PullMessage | undefined {
    const name = module.toLowerCase()
    return messages.value.findLast(message => message.module === name && message.command === command)
  }

  function clear(): void {
    messages.value = []
    counts.value = new Map()
    lastMessageAt.value = null
  }

  return { status, reason, messages, counts, lastMessageAt, latest, clear }
}, notPersisted)

export type PullStore = ReturnType<typeof usePullStore>
