// @vitest-environment happy-dom
import process from 'node:process'
import { createApp, defineComponent, defineCustomElement, h, render } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePull } from '../../../src/runtime/app/composables/usePull'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { usePullWatch } from '../../../src/runtime/app/composables/usePullWatch'
import { usePushNotification } from '../../../src/runtime/app/composables/usePushNotification'
import { useUserOnline } from '../../../src/runtime/app/composables/useUserOnline'
import { createTestPull } from '../../support/mount-with-pull'
import { PATIENCE } from '../../support/patience'

const said: string[] = []
const lines = () => said.filter(line => line.includes('has no pull'))

beforeEach(() => {
  said.length = 0
  // Where consola writes outside a browser.
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text))
      return true
    })
  }
})

afterEach(() => vi.restoreAllMocks())

/** As a toast or modal does it: an app of its own, of which yours knows nothing. */
function inOwnApp<T>(use: () => T): T {
  let result!: T
  const app = createApp({
    setup() {
      result = use()
      return () => h('i')
    },
  })
  app.mount(document.createElement('div'))
  return result
}

const senders: [string, () => { go: () => void, goAsync: () => Promise<void>, error: { value: unknown }, isSending: { value: boolean } }][] = [
  ['usePullSend', () => {
    const { send, sendAsync, ...rest } = usePullSend()
    return { go: () => send('ping'), goAsync: () => sendAsync('ping'), ...rest }
  }],
  ['usePushNotification', () => {
    const { notify, notifyAsync, ...rest } = usePushNotification()
    return { go: () => notify({ userId: 1, text: 'Hello' }), goAsync: () => notifyAsync({ userId: 1, text: 'Hello' }), ...rest }
  }],
]

describe.each(senders)('%s() in an app that has no pull', (name, use) => {
  it('fails with why and what to do, and claims nothing', async () => {
    const { goAsync, error } = inOwnApp(use)
    await expect(goAsync()).rejects.toMatchObject({ code: 'NO_PULL', message: `${name}() was called in an app that has no pull.`, why: expect.stringContaining('createApp()'), fix: expect.stringContaining('runWithContext') })
    expect(error.value).toMatchObject({ code: 'NO_PULL' })
  })

  it('says so in the console where nobody waits', async () => {
    const { go, error, isSending } = inOwnApp(use)
    expect(go()).toBeUndefined()
    expect(isSending.value).toBe(true)
    await vi.waitUntil(() => lines().length > 0, { timeout: PATIENCE })
    expect(error.value).toMatchObject({ code: 'NO_PULL' })
    expect(isSending.value).toBe(false)
  })
})

const listeners: [string, () => unknown][] = [
  ['usePullCommand', () => usePullCommand('application', 'ping')],
  ['usePull', () => usePull()],
  ['usePullOnline', () => usePullOnline(() => {})],
  ['usePullWatch', () => usePullWatch('tag')],
  ['useUserOnline', () => useUserOnline(2)],
  ['usePullRefresh', () => usePullRefresh(() => {})],
]

describe('who listens in an app that has no pull', () => {
  it.each(listeners)('is told that nothing will be heard: %s()', async (name, use) => {
    inOwnApp(use)
    await vi.waitUntil(() => lines().length > 0, { timeout: PATIENCE })
    expect(lines()[0]).toContain(`${name}() was called in an app that has no pull. It hears nothing.`)
  })

  it('is told once for each app', async () => {
    const useAll = () => listeners.forEach(([, use]) => use())
    inOwnApp(useAll)
    await vi.waitUntil(() => lines().length > 0, { timeout: PATIENCE })
    expect(lines()).toHaveLength(1)
    inOwnApp(useAll)
    await vi.waitUntil(() => lines().length > 1, { timeout: PATIENCE })
    expect(lines()).toHaveLength(2)
  })

  it('is told in a custom element, and where a vnode is rendered alone', async () => {
    const Listener = defineComponent({
      setup() {
        usePullCommand('application', 'ping')
        return () => h('i')
      },
    })
    customElements.define('pull-listener', defineCustomElement(Listener))
    document.body.append(document.createElement('pull-listener'))
    await vi.waitUntil(() => lines().length > 0, { timeout: PATIENCE })
    render(h(Listener), document.createElement('div'))
    await vi.waitUntil(() => lines().length > 1, { timeout: PATIENCE })
  })
})

describe('what the fix names', () => {
  it('works: the composable of another app\'s component, called as the app that has the pull', async () => {
    const { connection, install } = createTestPull()
    const app = createApp({ render: () => h('i') })
    install(app)
    const { count, sendAsync } = inOwnApp(() => app.runWithContext(() => ({ ...usePullSend(), count: usePullCommand('application', 'ping').count })))
    await sendAsync('ping')
    connection.receive({ module: 'application', command: 'ping' })
    expect(connection.calls).toHaveLength(1)
    expect(count.value).toBe(1)
    expect(lines()).toEqual([])
  })
})
