// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { expect, it, onTestFinished, vi } from 'vitest'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import type { FakeConnection } from '../../src/testing/fake-connection'
import { createB24Pull } from '../../src/vue/create-b24-pull'
import { PATIENCE } from '../support/patience'

const { made } = vi.hoisted(() => ({ made: { fake: null as FakeConnection | null } }))

vi.mock('../../src/runtime/app/engine', async (): Promise<typeof import('../../src/runtime/app/engine')> => {
  const [{ createEngine }, { createFakeConnection }] = await Promise.all([import('../../src/runtime/app/create-engine'), import('../../src/testing/fake-connection')])
  return { createPortalEngine: parts => createEngine(parts, made.fake = createFakeConnection()) }
})

/** A pull whose engine is loaded with its start. */
function createLazyPull() {
  const { context, dispose } = createPull({ options: { ...defaultAppOptions, portalHint: null }, store: usePullStore(createPinia()) })
  onTestFinished(dispose)
  return context
}

it('subscribes what waited for its engine in order, and nothing that was ended meanwhile', async () => {
  const { pull } = createLazyPull()
  const heard: string[] = []
  pull.on('crm', 'ping', () => heard.push('first'))
  pull.on('crm', 'ping', () => heard.push('ended'))()
  const off = pull.on('crm', 'ping', () => heard.push('second'))
  await pull.start()
  pull.on('crm', 'ping', () => heard.push('late'))
  made.fake!.receive({ module: 'crm', command: 'ping' })
  expect(heard.splice(0)).toEqual(['first', 'second', 'late'])
  off()
  made.fake!.receive({ module: 'crm', command: 'ping' })
  expect(heard).toEqual(['first', 'late'])
})

it('subscribes what waited by the commands it was given, whatever the app has made of its list since', async () => {
  vi.stubEnv('NODE_ENV', 'production')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { pull } = createLazyPull()
  const heard = vi.fn()
  const commands = ['ping', 'pong']
  pull.on('crm', commands, (_, { command }) => heard(command))
  commands.length = 0
  await pull.start()
  for (const command of ['ping', 'pong']) made.fake!.receive({ module: 'crm', command })
  expect(heard.mock.calls).toEqual([['ping'], ['pong']])
})

it('watches users whom somebody waits for, until nobody does', async () => {
  const { pull, connection } = createLazyPull()
  const told = vi.fn()
  const end = connection.watchUser(2, told)
  connection.watchUser(3, told)()
  await pull.start()
  const endLate = connection.watchUser(4, told)
  expect(made.fake!.watchedUsers).toEqual([2, 4])
  made.fake!.tellPresence(2, { lastSeen: 5 })
  expect(told).toHaveBeenCalledExactlyOnceWith({ lastSeen: 5, error: null })
  end()
  endLate()
  expect(made.fake!.watchedUsers).toEqual([])
})

it('says once that it is connecting, and connected', async () => {
  const { pull, connection } = createLazyPull()
  const words: string[] = []
  connection.onStatus(({ previous, current }) => previous !== current && words.push(current))
  await pull.start()
  expect(words).toEqual(['connecting', 'connected'])
  expect([pull.userId.value, pull.transport.value]).toEqual([1, 'websocket'])
})

it('brings its engine also to who needs it before the start, which does not start it', async () => {
  const context = createLazyPull()
  const heard = vi.fn()
  context.pull.on('crm', 'ping', heard)
  const { receive } = await context.engine()
  receive({ module: 'crm', command: 'ping', params: {}, extra: {}, type: 'server', source: 'poll', receivedAt: 1 })
  expect(heard).toHaveBeenCalledOnce()
  expect(context.pull.status.value).toBe('idle')
})

it('tells the hook in the order in which it happened, where a listener stops it at once', async () => {
  const told: string[] = []
  const { context: { pull, connection }, dispose } = createPull({
    options: { ...defaultAppOptions, portalHint: null },
    store: usePullStore(createPinia()),
    tell: (...[name, change]) => name === 'status' && told.push(`${change.previous}>${change.current}`),
  })
  onTestFinished(dispose)
  connection.onStatus(({ current }) => current === 'connected' && pull.stop())
  await pull.start()
  expect(told).toEqual(['idle>connecting', 'connecting>connected', 'connected>closed'])
})

it('tells an app without Nuxt in that order, too', async () => {
  const told: string[] = []
  const app = createApp(() => null)
  app.use(createB24Pull({
    onStatus({ previous, current }) {
      if (current === 'connected') app.config.globalProperties.$b24Pull.stop()
      told.push(`${previous}>${current}`)
    },
  }))
  app.mount(document.createElement('div'))
  onTestFinished(() => app.unmount())
  await vi.waitFor(() => expect(told).toEqual(['idle>connecting', 'connecting>connected', 'connected>closed']), PATIENCE)
})
