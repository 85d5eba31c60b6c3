import { createPinia } from 'pinia'
import { createApp, defineComponent, getCurrentInstance, h, nextTick, ref } from 'vue'
import type { Ref } from 'vue'
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSupervisor } from '../../src/runtime/app/client/retry/supervisor'
import { watchClock } from '../../src/runtime/app/client/retry/clock-watch'
import { listenForWakes } from '../../src/runtime/app/client/retry/wakes'
import { usePull } from '../../src/runtime/app/composables/usePull'
import { usePullCommand } from '../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../src/runtime/app/composables/usePullSend'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import { createEngine } from '../../src/runtime/app/create-engine'
import { pullKey } from '../../src/runtime/app/pull-context'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import { createFakeConnection } from '../../src/testing/fake-connection'
import { createTestPull } from '../support/mount-with-pull'
import type { TestPull } from '../support/mount-with-pull'
import { countPageListeners } from '../support/page-counts'
import { PATIENCE } from '../support/patience'
import { settle } from '../support/settle'

const MOUNTS = 1000
const ping = { module: 'application', command: 'ping' }

beforeAll(() => {
  // Without devtools, Vue keeps every component event for three seconds in case they come.
  Object.assign(window, { __VUE_DEVTOOLS_GLOBAL_HOOK__: { on() {}, once() {}, off() {}, emit() {}, apps: [] } })
})

/** Everything that a component may hold on to the pull with. */
const Listener = defineComponent({
  props: { onSetup: { type: Function, required: true } },
  setup(props) {
    const command = ref('ping')
    const handler = vi.fn()
    usePullCommand('application', 'ping', handler)
    usePullCommand('application', ['ping', 'pong'], handler, { replay: true, filter: () => true })
    usePullCommand('*', '*', handler, { whileActive: true })
    usePullCommand('application', command, handler)
    usePullCommand('application', 'pong', handler).pause()
    usePullSend()
    const { status } = usePull()
    props.onSetup(handler, getCurrentInstance())
    return () => h('i', [status.value, command.value])
  },
})

/** An app in which the listener comes and goes. */
function createComingAndGoing(pull: TestPull, onSetup: (...held: object[]) => void = () => {}): { isShown: Ref<boolean>, cycle: () => Promise<void> } {
  const isShown = ref(false)
  const app = createApp({ setup: () => () => isShown.value ? h(Listener, { onSetup }) : null })
  pull.install(app)
  app.mount(document.createElement('div'))
  onTestFinished(() => app.unmount())
  return {
    isShown,
    async cycle() {
      isShown.value = true
      await nextTick()
      pull.connection.receive(ping)
      isShown.value = false
      await nextTick()
    },
  }
}

describe(`${MOUNTS} mounts and unmounts`, () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leave no subscription behind', async () => {
    const pull = createTestPull({ modules: [] })
    const { cycle } = createComingAndGoing(pull)
    for (let i = 0; i < MOUNTS; i++) await cycle()
    vi.runAllTimers()
    pull.store.clear()
    // A module that no option names is recorded for as long as anybody listens to it.
    for (const module of ['application', 'any']) pull.connection.receive({ ...ping, module })
    vi.runAllTimers()
    expect(pull.store.counts.size).toBe(0)
  })

  it('are seen by that measure while one is mounted', async () => {
    const pull = createTestPull({ modules: [] })
    const { isShown } = createComingAndGoing(pull)
    isShown.value = true
    await nextTick()
    pull.connection.receive({ ...ping, module: 'any' })
    vi.runAllTimers()
    expect(pull.store.counts.size).toBe(1)
  })

  it('leave no timer and no listener on the page behind', async () => {
    const listeners = countPageListeners()
    const pull = createTestPull()
    const { cycle } = createComingAndGoing(pull)
    for (let i = 0; i < MOUNTS; i++) await cycle()
    vi.advanceTimersByTime(250)
    expect(vi.getTimerCount()).toBe(0)
    expect(listeners()).toBe(0)
  })
})

describe('the garbage collector', () => {
  /** How many are still there; an assertion about the objects themselves would hold on to them. */
  const countLeft = (references: WeakRef<object>[]) => references.filter(reference => reference.deref() !== undefined).length

  const areCollected = (references: WeakRef<object>[]) => vi.waitFor(() => {
    globalThis.gc!()
    expect(countLeft(references)).toBe(0)
  }, { timeout: PATIENCE, interval: 20 })

  it('takes every unmounted component and its handler', async () => {
    const pull = createTestPull()
    const held: WeakRef<object>[] = []
    const { cycle } = createComingAndGoing(pull, (...objects) => held.push(...objects.map(object => new WeakRef(object))))
    for (let i = 0; i < 100; i++) await cycle()
    const references = held.splice(0)
    // Vue itself may hold the last one, until there is another.
    await cycle()
    expect(references).toHaveLength(200)
    await areCollected(references)
  })

  it('takes no component that is still mounted, nor its handler', async () => {
    const pull = createTestPull()
    const held: WeakRef<object>[] = []
    const { isShown } = createComingAndGoing(pull, (...objects) => held.push(...objects.map(object => new WeakRef(object))))
    isShown.value = true
    await nextTick()
    await settle()
    globalThis.gc!()
    expect(countLeft(held)).toBe(2)
  })

  it('takes what was stopped outside a component, though the app and the ref it watched live on', async () => {
    const pull = createTestPull()
    const app = createApp({})
    pull.install(app)
    const command = ref('ping')
    const references = Array.from({ length: 10 }, () => app.runWithContext(() => {
      const handler = () => {}
      const { stop } = usePullCommand('application', command, handler)
      stop()
      return new WeakRef(handler)
    }))
    await areCollected(references)
    expect(command.value).toBe('ping')
  })

  it('takes a whole pull once its app is gone', async () => {
    const createAndLeave = () => {
      const connection = createFakeConnection()
      const pinia = createPinia()
      const logger = { error() {}, warn() {}, notice() {}, info() {}, debug() {} }
      const { context, dispose } = createPull({
        options: { ...defaultAppOptions, modules: [], history: 10, portalHint: null },
        store: usePullStore(pinia),
        logger,
        createEngine: parts => createEngine(parts, connection),
      })
      const app = createApp({ setup: () => () => h(Listener, { onSetup: () => {} }) }).use(pinia).provide(pullKey, context)
      app.mount(document.createElement('div'))
      connection.start()
      connection.receive(ping)
      app.unmount()
      dispose()
      return [new WeakRef(context), new WeakRef(connection)]
    }
    const references = Array.from({ length: 20 }, createAndLeave).flat()
    // The last one stays: Pinia and Vue hold their latest app.
    await areCollected(references.slice(0, -2))
  })
})

describe('1,000 starts and stops of a supervised connection', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leave no timer and no listener on the page behind', () => {
    const listeners = countPageListeners()
    let token = 0
    let stops: (() => void)[] = []
    const supervisor = createSupervisor({
      open(mine) {
        token = mine
        if (!stops.length) stops = [listenForWakes(() => supervisor.wake()), watchClock(() => {}).stop]
      },
      close: () => stops.splice(0).forEach(stop => stop()),
      probe: () => Promise.resolve(true),
      giveUp: () => {},
    }, () => {})
    for (let i = 0; i < 1000; i++) {
      supervisor.start()
      expect(listeners()).toBe(3)
      if (i % 2) supervisor.opened(token)
      if (i % 3) vi.advanceTimersByTime(50_000)
      supervisor.stop()
    }
    expect(vi.getTimerCount()).toBe(0)
    expect(listeners()).toBe(0)
  })
})
