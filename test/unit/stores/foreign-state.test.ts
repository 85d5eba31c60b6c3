// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import type { PiniaPlugin } from 'pinia'
import { createPersistedState } from 'pinia-plugin-persistedstate'
import { createApp, nextTick } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { usePullStore } from '../../../src/runtime/app/stores/usePullStore'
import { createTestingPull } from '../../../src/testing'

/** Keeps every store as JSON, whatever it asks for: as a plugin that knows no options of stores. */
const persistAll = (storage: Map<string, string>): PiniaPlugin => ({ store }) => {
  const kept = storage.get(store.$id)
  if (kept) store.$patch(JSON.parse(kept))
  store.$subscribe(() => storage.set(store.$id, JSON.stringify(store.$state)), { flush: 'sync' })
}

function loadPage(plugin?: PiniaPlugin) {
  const pinia = createPinia()
  const app = createApp({ render: () => null })
  if (plugin) pinia.use(plugin)
  app.use(pinia)
  const testing = createTestingPull()
  app.use(testing)
  app.mount(document.createElement('div'))
  return { pinia, testing, store: usePullStore(pinia), leave: () => app.unmount() }
}

beforeEach(() => setActivePinia(undefined))

describe('a store that a plugin persists', () => {
  it('asks not to be: nothing of it is kept over three loads', async () => {
    const storage = new Map<string, string>()
    const keeper = { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => void storage.set(key, value) }
    for (let load = 1; load <= 3; load++) {
      const { store, testing, leave } = loadPage(createPersistedState({ auto: true, storage: keeper }))
      testing.emit('application', 'secret.told', { iban: 'DE00' })
      expect(store.messages).toHaveLength(1)
      await nextTick()
      leave()
    }
    expect([...storage]).toEqual([])
  })

  it('goes on where it is persisted all the same, over three loads', () => {
    const storage = new Map<string, string>()
    for (let load = 1; load <= 3; load++) {
      const { store, testing, leave } = loadPage(persistAll(storage))
      testing.emit('application', 'ping', { load })
      expect(store.status).toBe('connected')
      expect(store.latest('application', 'ping')?.params).toEqual({ load })
      expect(store.counts.get('application')?.get('ping')).toBe(1)
      leave()
    }
    expect(storage.size).toBe(1)
  })
})

const foreign: [string, Record<string, unknown>][] = [
  ['plain JSON', { status: 'connected', reason: {}, messages: {}, counts: {}, lastMessageAt: 'yesterday' }],
  ['null', { messages: null, counts: null }],
  ['lists of nothing, and a map of numbers', { messages: [null, 5], counts: new Map([['application', 5]]) }],
]

describe.each(foreign)('a state of %s', (_, state) => {
  it('in the payload starts empty, and the store goes on', () => {
    const pinia = createPinia()
    pinia.state.value['b24-pull'] = state
    const store = usePullStore(pinia)
    expect(store.messages).toEqual([])
    expect(store.latest('application', 'ping')).toBeUndefined()
    expect(store.counts).toEqual(new Map())
  })

  it('put in place by $patch, $state or an assignment is no end of it', () => {
    const { store, testing } = loadPage()
    for (const put of [() => store.$patch(state), () => store.$state = state as never, () => Object.assign(store, state)]) {
      put()
      expect(testing.emit('application', 'ping')).toBe(true)
      expect(store.latest('application', 'ping')).toBeDefined()
      expect(store.counts.get('application')?.get('ping')).toEqual(expect.any(Number))
    }
    expect(testing.errors).toEqual([])
  })
})
