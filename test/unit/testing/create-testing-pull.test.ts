// @vitest-environment happy-dom
import { createTestingPinia } from '@pinia/testing'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia, getActivePinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, watch } from 'vue'
import * as z from 'zod'
import { createTestingPull, PullError } from '../../../src/testing'
import { usePull, usePullCommand, usePullRefresh, usePullSend, usePullStore, usePushNotification, useUserOnline } from '../../../src/vue'
import { PATIENCE } from '../../support/patience'

enableAutoUnmount(afterEach)
beforeEach(() => setActivePinia(undefined))

/** Says what it hears and where the connection stands, and sends on a click. */
const Listener = defineComponent({
  props: { failing: Boolean },
  setup(props) {
    const { data, count, error } = usePullCommand('application', 'deal.saved', () => {
      if (props.failing) throw new Error('the handler failed')
    })
    const { send, isSending, error: sendError } = usePullSend()
    const { status, reason, userId, reconnect } = usePull()
    const store = usePullStore()
    return () => h('div', [
      h('p', `heard ${count.value} ${JSON.stringify(data.value ?? null)} ${error.value?.code ?? ''}`),
      h('p', `status ${status.value} ${reason.value?.code ?? ''} user ${userId.value}`),
      h('p', `store ${store.status} ${store.messages.length}`),
      h('p', `sending ${isSending.value} ${sendError.value?.code ?? ''}`),
      h('button', { onClick: () => send('deal.opened', { id: '42' }, { userId: [1, 2] }) }, 'Open'),
      h('button', { onClick: reconnect }, 'Reconnect'),
    ])
  },
})

function mountListener(testing = createTestingPull(), props = {}, before: object[] = []) {
  const wrapper = mount(Listener, { props, global: { plugins: [...before as [], testing] } })
  return { testing, wrapper, text: () => wrapper.text() }
}

/** A click, and what the component did about it. */
async function click(wrapper: ReturnType<typeof mount>): Promise<void> {
  await wrapper.get('button').trigger('click')
}

describe('createTestingPull', () => {
  it('is connected, as a user, from the start', () => {
    const { text } = mountListener(createTestingPull({ userId: 7 }))
    expect(text()).toContain('status connected  user 7')
  })

  it('delivers what the test emits before emit() returns, to component and store', async () => {
    const { testing, wrapper, text } = mountListener()
    expect(testing.emit('application', 'deal.saved', { id: '42' })).toBe(true)
    await wrapper.vm.$nextTick()
    expect(text()).toContain('heard 1 {"id":"42"}')
    expect(text()).toContain('store connected 1')
  })

  it('counts a message for a listener that the store, which has it first, makes somebody look at', () => {
    let last: { readonly value: number } | undefined
    const testing = createTestingPull()
    mount(defineComponent(() => {
      const pings = usePullCommand('application', 'ping', () => {})
      const store = usePullStore()
      watch(() => store.messages.length, () => last = pings.count, { flush: 'sync' })
      return () => null
    }), { global: { plugins: [testing] } })
    testing.emit('application', 'ping')
    expect(last?.value).toBe(1)
  })

  it('copies params, so that the test keeps its own as they were', () => {
    const { testing } = mountListener()
    const params = { list: [1] }
    testing.emit('application', 'deal.saved', params)
    params.list.push(2)
    expect(usePullStore().latest('application', 'deal.saved')?.params).toEqual({ list: [1] })
  })

  it('hears module ids in any case, and refuses the platform\'s own', () => {
    const { testing } = mountListener()
    testing.emit('Application', 'deal.saved')
    expect(usePullStore().latest('application', 'deal.saved')).toMatchObject({ source: 'test', type: 'server' })
    expect(() => testing.emit('pull', 'channel_expire')).toThrow(PullError)
  })

  it('lets the test choose the sender and what the platform says', () => {
    const testing = createTestingPull()
    const heard: unknown[] = []
    testing.pull.on('application', 'greet', (_, message) => heard.push(message))
    testing.emit('application', 'greet', {}, { extra: { server_time_unix: 1 } })
    testing.emit('application', 'greet', {}, { type: 'client' })
    expect(heard).toEqual([expect.objectContaining({ extra: { server_time_unix: 1 }, type: 'server' })])
  })

  it('brings nothing while it is not connected, and says so', () => {
    const { testing } = mountListener()
    testing.setStatus('reconnecting')
    expect(testing.emit('application', 'deal.saved')).toBe(false)
    expect(usePullStore().messages).toEqual([])
  })

  it.each([
    ['reconnecting', 'CONNECTION_LOST', 1],
    ['suspended', 'CONNECTION_LOST', 1],
    ['failed', 'REST_FAILED', 0],
    ['idle', undefined, 0],
    ['closed', undefined, 0],
    ['connecting', undefined, 0],
  ] as const)('moves to %s, with the reason that it has in life', async (status, code, attempt) => {
    const { testing, wrapper, text } = mountListener()
    testing.setStatus(status)
    await wrapper.vm.$nextTick()
    expect(text()).toContain(`status ${status} ${code ?? ''} user`)
    expect(testing.pull.attempt.value).toBe(attempt)
    expect(testing.pull.transport.value).toBeNull()
  })

  it('takes a reason by its code, or whole, and the time of the next try', () => {
    const { testing: { setStatus, pull } } = mountListener()
    setStatus('failed', 'INSUFFICIENT_SCOPE')
    expect(pull.reason.value).toMatchObject({ code: 'INSUFFICIENT_SCOPE' })
    const error = new PullError({ code: 'CONNECT_TIMEOUT', message: 'm', why: 'w', fix: 'f' })
    setStatus('reconnecting', error, { attempt: 3, nextRetryAt: 1000 })
    expect(pull.reason.value).toBe(error)
    expect([pull.attempt.value, pull.nextRetryAt.value]).toEqual([3, 1000])
  })

  it('keeps what components send, params as JSON carries them', async () => {
    const { testing, wrapper } = mountListener()
    await click(wrapper)
    await vi.waitUntil(() => testing.sent.length === 1, { timeout: PATIENCE })
    expect(testing.sent).toEqual([{ module: 'application', command: 'deal.opened', params: { id: '42' }, userId: [1, 2] }])
    expect(testing.calls).toEqual([expect.objectContaining({ method: 'pull.application.event.add' })])
  })

  it('refuses with an error of the platform, as the app would get it, until it answers again', async () => {
    const { testing, wrapper, text } = mountListener()
    testing.failWith('USER_ID_ACCESS_ERROR')
    await click(wrapper)
    await vi.waitUntil(() => text().includes('sending false USER_ID_ACCESS_ERROR'), { timeout: PATIENCE })
    testing.failWith('insufficient_scope')
    await click(wrapper)
    await vi.waitUntil(() => text().includes('sending false INSUFFICIENT_SCOPE'), { timeout: PATIENCE })
    testing.answerWith(true)
    await click(wrapper)
    await vi.waitUntil(() => text().includes('sending false ') && !text().includes('INSUFFICIENT_SCOPE'), { timeout: PATIENCE })
    expect(testing.sent).toHaveLength(3)
  })

  it('refuses with the very error of the test', async () => {
    const testing = createTestingPull()
    const error = new Error('of the test')
    testing.failWith(error)
    const { result } = inApp(testing, () => usePullSend())
    await expect(result.sendAsync('ping')).rejects.toBe(error)
  })

  it('answers when the test says so', async () => {
    const { testing, wrapper, text } = mountListener()
    const { promise, resolve } = Promise.withResolvers<boolean>()
    testing.answerWith(() => promise)
    await click(wrapper)
    await vi.waitUntil(() => text().includes('sending true'), { timeout: PATIENCE })
    resolve(true)
    await vi.waitUntil(() => text().includes('sending false'), { timeout: PATIENCE })
  })

  it('reports a gap, after which data is fetched anew', async () => {
    const testing = createTestingPull()
    const reasons: unknown[] = []
    inApp(testing, () => usePullRefresh(({ reason }) => void reasons.push(reason), { spread: 0 }))
    await vi.waitUntil(() => reasons.length === 1, { timeout: PATIENCE })
    testing.reportGap({ cause: 'too-long' })
    await vi.waitUntil(() => reasons.length === 2, { timeout: PATIENCE })
    expect(reasons).toEqual(['start', 'gap'])
  })

  it('lets users come and go', () => {
    const testing = createTestingPull()
    const { result } = inApp(testing, () => useUserOnline(2))
    testing.setOnline(2, true)
    expect(result.online.value.get(2)).toBe(true)
    testing.setOnline(2, false)
    expect(result.online.value.get(2)).toBe(false)
  })

  it.each(['idle', 'connecting', 'reconnecting', 'suspended', 'failed', 'closed'] as const)('lets nobody hear of users while it is %s, and says so', (status) => {
    const testing = createTestingPull()
    const { result } = inApp(testing, () => useUserOnline(2))
    expect(testing.setOnline(2, true)).toBe(true)
    testing.setStatus(status)
    const shown = result.online.value.get(2)
    expect(testing.setOnline(2, false)).toBe(false)
    expect(result.online.value.get(2)).toBe(shown)
  })

  it('keeps calls that are no commands, and answers them', async () => {
    const testing = createTestingPull()
    const { result } = inApp(testing, () => usePushNotification())
    await result.notifyAsync({ userId: 2, text: 'Hello' })
    expect(testing.calls).toEqual([expect.objectContaining({ method: 'pull.application.push.add' })])
    expect(testing.sent).toEqual([])
  })

  it('keeps what a send() for which nobody waits went wrong with', async () => {
    const { testing, wrapper } = mountListener(createTestingPull({ logLevel: 'silent' }))
    testing.failWith('insufficient_scope')
    await click(wrapper)
    await vi.waitUntil(() => testing.errors.length > 0, { timeout: PATIENCE })
    expect(testing.errors).toEqual([expect.objectContaining({ code: 'INSUFFICIENT_SCOPE' })])
  })

  it('keeps the errors of handlers', () => {
    const { testing } = mountListener(createTestingPull({ logLevel: 'silent' }), { failing: true })
    testing.emit('application', 'deal.saved')
    expect(testing.errors).toEqual([expect.objectContaining({ code: 'HANDLER_FAILED' })])
  })

  it('gives components the pull that the test has: a spy on it sees their calls', async () => {
    const { testing, wrapper } = mountListener()
    expect(inApp(testing, () => usePull()).result).toBe(testing.pull)
    expect(wrapper.findAll('button')).toHaveLength(2)
  })

  it('hears nothing for a component that is gone, and all for the one that stays', () => {
    const testing = createTestingPull()
    const [first, second] = [mountListener(testing).wrapper, mountListener(testing).wrapper]
    first.unmount()
    testing.emit('application', 'deal.saved')
    expect(usePullStore().messages).toHaveLength(1)
    expect(testing.pull.status.value).toBe('connected')
    second.unmount()
    const third = mountListener(testing)
    testing.emit('application', 'deal.saved')
    return third.wrapper.vm.$nextTick().then(() => expect(third.text()).toContain('heard 1'))
  })
})

describe('what createTestingPull() is given', () => {
  const testing = createTestingPull()

  it.each([
    ['null for options', () => createTestingPull(null as never), 'ARGUMENT_ERROR'],
    ['an option that there is none of', () => createTestingPull({ statsu: 'idle' } as never), 'ARGUMENT_ERROR'],
    ['a role that there is none of', () => createTestingPull({ role: 'boss' as never }), 'ARGUMENT_ERROR'],
    ['setStatus(\'bogus\')', () => testing.setStatus('bogus' as never), 'ARGUMENT_ERROR'],
    ['setStatus()', () => testing.setStatus(undefined as never), 'ARGUMENT_ERROR'],
    ['emit() of every module', () => testing.emit('*', 'ping'), 'ARGUMENT_ERROR'],
    ['emit() of every command', () => testing.emit('application', '*'), 'ARGUMENT_ERROR'],
    ['emit() without a command', () => testing.emit('application', undefined as unknown as string), 'COMMAND_ERROR'],
    ['emit() without a module', () => testing.emit(undefined as unknown as string, 'ping'), 'MODULE_ID_ERROR'],
    ['emit() of a type that is none', () => testing.emit('application', 'ping', {}, { type: 'other' as never }), 'ARGUMENT_ERROR'],
    ['emit() of params that JSON loses', () => testing.emit('application', 'ping', { at: new Map() }), 'PARAMS_ERROR'],
    ['emit() of a list', () => testing.emit('application', 'ping', [] as never), 'PARAMS_ERROR'],
    ['setOnline() of nobody', () => testing.setOnline(undefined as never, true), 'USER_ID_ERROR'],
    ['setOnline() without a state', () => testing.setOnline(2, 'yes' as never), 'ARGUMENT_ERROR'],
  ])('is refused with a code where it is none: %s', (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ name: 'PullError', code }))
  })
})

describe('two tests on one Pinia', () => {
  it('begin empty: the second hears nothing of the first', async () => {
    const pinia = createPinia()
    const first = mountListener(createTestingPull(), {}, [pinia])
    first.testing.emit('application', 'deal.saved')
    first.wrapper.unmount()
    const second = createTestingPull()
    const heard = vi.fn()
    mount(defineComponent({
      setup() {
        usePullCommand('application', 'deal.saved', heard, { replay: true })
        return () => h('i')
      },
    }), { global: { plugins: [pinia, second] } })
    await Promise.resolve()
    expect(usePullStore(pinia).messages).toEqual([])
    expect(usePullStore(pinia).counts.size).toBe(0)
    expect(heard).not.toHaveBeenCalled()
  })

  it('say nothing of a pull that the app has already, and take its place and its schemas', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const app = createTestingPull({ commands: { application: { 'deal.saved': z.object({ id: z.coerce.number() }) } } })
    const testing = createTestingPull()
    const wrapper = mount(Listener, { global: { plugins: [createPinia(), app, testing] } })
    testing.emit('application', 'deal.saved', { id: '42' })
    expect(app.pull.status.value).toBe('closed')
    expect(usePullStore().status).toBe('connected')
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
    return wrapper.vm.$nextTick().then(() => expect(wrapper.text()).toContain('heard 1 {"id":42}'))
  })
})

describe('createTestingPull and Pinia', () => {
  it('brings one of its own where the app has none', () => {
    const { wrapper } = mountListener()
    expect(wrapper.vm.$pinia).toBe(getActivePinia())
  })

  it('uses the app\'s own', () => {
    const pinia = createPinia()
    const { testing, wrapper } = mountListener(createTestingPull(), {}, [pinia])
    testing.emit('application', 'deal.saved')
    expect(wrapper.vm.$pinia).toBe(pinia)
    expect(usePullStore(pinia).messages).toHaveLength(1)
  })

  it('works with a testing Pinia, whose active place it leaves alone', () => {
    const pinia = createTestingPinia({ createSpy: vi.fn })
    const { testing } = mountListener(createTestingPull(), {}, [pinia])
    expect(getActivePinia()).toBe(pinia)
    testing.emit('application', 'deal.saved', { id: '42' })
    expect(usePullStore().messages).toEqual([expect.objectContaining({ params: { id: '42' } })])
    testing.setStatus('suspended')
    expect(usePullStore().status).toBe('suspended')
  })

  it('keeps the messages of apps with different Pinias apart from nobody: each hears all', () => {
    const testing = createTestingPull()
    const pinias = [createPinia(), createPinia()]
    for (const pinia of pinias) mountListener(testing, {}, [pinia])
    testing.emit('application', 'deal.saved')
    expect(pinias.map(pinia => usePullStore(pinia).messages.length)).toEqual([1, 1])
  })
})

/** Runs a composable in a component of an app. */
function inApp<T>(testing: ReturnType<typeof createTestingPull>, use: () => T): { result: T, wrapper: ReturnType<typeof mount> } {
  let result!: T
  const wrapper = mount(defineComponent({
    setup() {
      result = use()
      return () => h('i')
    },
  }), { global: { plugins: [testing] } })
  return { result, wrapper }
}
