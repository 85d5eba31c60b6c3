// @vitest-environment happy-dom
import { readdirSync } from 'node:fs'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, h } from 'vue'
import type { App } from 'vue'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFakeConnection } from '../../../src/testing/fake-connection'
import type { FakeConnection } from '../../../src/testing/fake-connection'
import * as entry from '../../../src/vue'
import { PATIENCE } from '../../support/patience'

const { createB24Pull, usePull, usePullCommand, usePullStore } = entry

const made = vi.hoisted(() => ({ options: [] as Record<string, unknown>[], connections: [] as FakeConnection[] }))

vi.mock('../../../src/runtime/app/client/shared/connection', () => ({
  createSharedConnection(options: Record<string, unknown>) {
    const connection = createFakeConnection()
    made.options.push(options)
    made.connections.push(connection)
    return connection
  },
}))

beforeEach(() => {
  setActivePinia(undefined)
  made.options = []
  made.connections = []
})

interface Started {
  app: App
  pull: ReturnType<typeof usePull>
  count: () => number
}

/** Mounts an app that hears one command. */
function start(options?: entry.B24PullOptions, prepare: (app: App) => void = () => {}): Started {
  let pull!: Started['pull']
  let count!: Started['count']
  const app = createApp({
    setup() {
      pull = usePull()
      const heard = usePullCommand('application', 'ping')
      count = () => heard.count.value
      return () => h('i')
    },
  })
  prepare(app)
  app.use(createB24Pull(options)).mount(document.createElement('div'))
  onTestFinished(() => app.unmount())
  return { app, pull, count }
}

async function startConnected(options?: entry.B24PullOptions, prepare?: (app: App) => void): Promise<Started> {
  const started = start(options, prepare)
  await vi.waitUntil(() => started.pull.status.value === 'connected', { timeout: PATIENCE })
  return started
}

describe('createB24Pull', () => {
  it('connects once the app has mounted, with the defaults of the module', async () => {
    await startConnected()
    expect(made.options).toEqual([expect.objectContaining({ prefix: 'b24-pull', modules: ['application'], resumeLimit: 43_200_000 })])
  })

  it('hands options over, and gives those that are undefined their defaults', async () => {
    await startConnected({ prefix: 'deals', modules: undefined })
    expect(made.options).toEqual([expect.objectContaining({ prefix: 'deals', modules: ['application'] })])
  })

  it('tells in development how to get a portal', async () => {
    await startConnected()
    expect(made.options[0]?.portalHint).toContain(`npx nuxt-b24-pull portal --app ${location.origin} --method get`)
  })

  it('waits to be started where that is asked for', async () => {
    const { pull } = start({ autoStart: false })
    expect(pull.status.value).toBe('idle')
    await pull.start()
    expect(pull.status.value).toBe('connected')
  })

  it('brings messages to components and to the store', async () => {
    const { count } = await startConnected()
    made.connections[0]!.receive({ module: 'application', command: 'ping' })
    expect(count()).toBe(1)
    await vi.waitUntil(() => usePullStore().messages.length === 1, { timeout: PATIENCE })
  })

  it('gives code outside components the pull by the app\'s global properties', async () => {
    const { app, pull } = await startConnected()
    expect(app.config.globalProperties.$b24Pull).toBe(pull)
  })

  it('tells the listeners of the app, and outlives what they throw', async () => {
    const told: unknown[] = []
    const { count } = await startConnected({
      logLevel: 'silent',
      onMessage: ({ command }) => {
        told.push(command)
        throw new Error('of the listener')
      },
      onStatus: ({ current }) => void told.push(current),
      onGap: ({ cause }) => void told.push(cause),
    })
    made.connections[0]!.receive({ module: 'application', command: 'ping' })
    made.connections[0]!.reportGap({ cause: 'no-id', from: 0, to: 1 })
    expect(told).toEqual(['connecting', 'connected', 'ping', 'no-id'])
    expect(count()).toBe(1)
  })

  it('tells of the errors of handlers', async () => {
    const codes: string[] = []
    const { pull } = await startConnected({ logLevel: 'silent', onError: ({ code }) => void codes.push(code) })
    pull.on('application', 'ping', () => {
      throw new Error('of the handler')
    })
    made.connections[0]!.receive({ module: 'application', command: 'ping' })
    expect(codes).toEqual(['HANDLER_FAILED'])
  })

  it('uses the app\'s own Pinia', async () => {
    const pinia = createPinia()
    const { app } = await startConnected({}, app => void app.use(pinia))
    expect((app.config.globalProperties as { $pinia?: unknown }).$pinia).toBe(pinia)
    expect(usePullStore(pinia).status).toBe('connected')
  })

  it('ends the connection with the app', async () => {
    const { app } = await startConnected()
    app.unmount()
    expect(made.connections[0]!.state.status).toBe('closed')
  })

  it('gives each app of a page a connection of its own', async () => {
    const [first, second] = [await startConnected(), await startConnected()]
    made.connections[0]!.receive({ module: 'application', command: 'ping' })
    expect([first.count(), second.count()]).toEqual([1, 0])
  })
})

describe('the entry for Vue', () => {
  it('has every composable of the module', () => {
    const composables = readdirSync('src/runtime/app/composables').filter(name => /^use[A-Z]\w+\.ts$/.test(name)).map(name => name.replace('.ts', ''))
    expect(Object.keys(entry)).toEqual(expect.arrayContaining([...composables, 'usePullStore']))
  })
})
