// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineStore } from 'pinia'
import { computed, createApp, defineComponent, effectScope, h, KeepAlive, nextTick, onMounted, reactive, ref, Suspense } from 'vue'
import type { Ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import type { PullMessage } from '../../../src/runtime/types'
import { PullError } from '../../../src/runtime/utils/errors'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'
import type { TestPull } from '../../support/mount-with-pull'
import AfterAwait from './AfterAwait.vue'

const ping = { module: 'application', command: 'ping', params: { id: 1 } }
const pong = { ...ping, command: 'pong' }
const otherModule = { ...ping, module: 'crm' }

/** Whether anybody still listens to a module: only then is it recorded where the options name no module. */
function isRecorded(pull: TestPull, module = 'application'): boolean {
  pull.store.clear()
  pull.connection.receive({ module, command: 'probe' })
  let found = false
  pull.context.replay({ type: 'server', module, commands: ['probe'], listener: () => found = true })?.()
  return found
}

describe('a message', () => {
  it('reaches the handler with its params and the whole of it', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', 'ping', handler))
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledExactlyOnceWith({ id: 1 }, expect.objectContaining({ ...ping, type: 'server', source: 'test' }))
  })

  it('is in data, message and count', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    expect([result.data.value, result.message.value, result.count.value]).toEqual([undefined, undefined, 0])
    pull.connection.receive(ping)
    pull.connection.receive({ ...ping, params: { id: 2 } })
    expect(result.data.value).toEqual({ id: 2 })
    expect(result.message.value).toMatchObject({ command: 'ping', params: { id: 2 } })
    expect(result.count.value).toBe(2)
  })

  it('is there also for who asks for a ref only later, and the ref goes on with the next one', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    pull.connection.receive(ping)
    const { data, count, isActive } = result
    expect([data.value, count.value]).toEqual([{ id: 1 }, 1])
    pull.connection.receive({ ...ping, params: { id: 2 } })
    expect([data.value, count.value, result.count]).toEqual([{ id: 2 }, 2, count])
    result.stop()
    expect(isActive.value).toBe(false)
  })

  it('is in data, message and count before the handler runs', () => {
    const seen: unknown[] = []
    const { result, pull } = useInComponent(() => {
      const all = usePullCommand('application', 'ping', () => {
        seen.push(all.data.value, all.message.value?.command, all.count.value)
      })
      return all
    })
    pull.connection.receive(ping)
    expect(seen).toEqual([{ id: 1 }, 'ping', 1])
    expect(result.count.value).toBe(1)
  })

  it('renders', async () => {
    const pull = createTestPull()
    const wrapper = mountWithPull({
      setup() {
        const { data, count } = usePullCommand('application', 'ping')
        return () => h('p', `${count.value}: ${JSON.stringify(data.value)}`)
      },
    }, pull)
    pull.connection.receive(ping)
    await nextTick()
    expect(wrapper.text()).toBe('1: {"id":1}')
  })

  it('does not reach the handler when module, command or kind of sender is another', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', 'ping', handler))
    for (const message of [pong, otherModule, { ...ping, type: 'client' as const }]) pull.connection.receive(message)
    expect(handler).not.toHaveBeenCalled()
  })

  it('of another client is heard with the type client', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', 'ping', handler, { type: 'client' }))
    pull.connection.receive(ping)
    pull.connection.receive({ ...ping, type: 'client' })
    expect(handler).toHaveBeenCalledExactlyOnceWith({ id: 1 }, expect.objectContaining({ type: 'client' }))
  })
})

describe('names', () => {
  it('of modules are compared in lower case', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('CRM', 'ping', handler))
    pull.connection.receive(otherModule)
    expect(handler).toHaveBeenCalledOnce()
  })

  it('of commands may be a list', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', ['ping', 'pong', 'ping'], handler))
    for (const message of [ping, pong, { ...ping, command: 'other' }]) pull.connection.receive(message)
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('of commands may be an asterisk', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', '*', (params, { command }) => handler(command)))
    for (const message of [ping, pong, otherModule]) pull.connection.receive(message)
    expect(handler.mock.calls).toEqual([['ping'], ['pong']])
  })

  it('of commands may be a list with an asterisk in it, which hears each message once', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('application', ['ping', '*'], (params, { command }) => handler(command)))
    for (const message of [ping, pong]) pull.connection.receive(message)
    expect(handler.mock.calls).toEqual([['ping'], ['pong']])
  })

  it('may both be an asterisk, which leaves out presence', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand('*', '*', (params, { module }) => handler(module)))
    for (const message of [ping, otherModule, { ...ping, module: 'online', type: 'online' as const }]) pull.connection.receive(message)
    expect(handler.mock.calls).toEqual([['application'], ['crm']])
  })

  it.each(['__proto__', 'constructor'])('may be %s', (name) => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullCommand(name, name, handler))
    pull.connection.receive({ module: name, command: name })
    expect(handler).toHaveBeenCalledOnce()
  })

  it.each([
    ['pull', 'ping', 'MODULE_RESERVED'], ['Online', '*', 'MODULE_RESERVED'], ['', 'ping', 'MODULE_ID_ERROR'], ['crm', '', 'COMMAND_ERROR'],
  ])('may not be %j and %j', (module, command, code) => {
    useInComponent(() => {
      expect(() => usePullCommand(module, command)).toThrow(expect.objectContaining({ code }))
    })
  })
})

describe('refs and getters', () => {
  it('subscribe anew when the module changes', () => {
    const module = ref('application')
    const { result, pull } = useInComponent(() => usePullCommand(module, 'ping'))
    module.value = 'crm'
    pull.connection.receive(ping)
    expect(result.count.value).toBe(0)
    pull.connection.receive(otherModule)
    expect(result.count.value).toBe(1)
  })

  it('subscribe anew when the command changes', () => {
    const command = ref('ping')
    const { result, pull } = useInComponent(() => usePullCommand('application', () => command.value))
    command.value = 'pong'
    for (const message of [ping, pong]) pull.connection.receive(message)
    expect(result.message.value?.command).toBe('pong')
    expect(result.count.value).toBe(1)
  })

  it('may give a list, also one that is changed in place', () => {
    const commands = reactive(['ping'])
    const { result, pull } = useInComponent(() => usePullCommand('application', computed(() => [...commands])))
    commands.push('pong')
    for (const message of [ping, pong]) pull.connection.receive(message)
    expect(result.count.value).toBe(2)
  })

  it('keep the subscription where the names stay the same', () => {
    const tick = ref(0)
    const heard: string[] = []
    const { pull } = useInComponent(() => {
      usePullCommand(() => tick.value < 0 ? 'crm' : 'application', 'ping', () => void heard.push('first'))
      usePullCommand('application', 'ping', () => void heard.push('second'))
    })
    tick.value++
    pull.connection.receive(ping)
    expect(heard).toEqual(['first', 'second'])
  })

  it('keep data and count', () => {
    const command = ref('ping')
    const { result, pull } = useInComponent(() => usePullCommand('application', command))
    pull.connection.receive(ping)
    command.value = 'pong'
    expect([result.data.value, result.count.value]).toEqual([{ id: 1 }, 1])
  })

  it('that become wrong are told as an error, and heard again when they are right', () => {
    const module = ref('application')
    const { result, pull } = useInComponent(() => usePullCommand(module, 'ping'))
    module.value = 'pull'
    expect(result.error.value).toMatchObject({ code: 'MODULE_RESERVED' })
    expect(pull.told.errors).toHaveLength(1)
    module.value = 'application'
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })

  it('do not wake a subscription that is paused or stopped', () => {
    const command = ref('ping')
    const { result, pull } = useInComponent(() => usePullCommand('application', command))
    result.pause()
    command.value = 'pong'
    pull.connection.receive(pong)
    result.stop()
    command.value = 'ping'
    pull.connection.receive(ping)
    expect(result.count.value).toBe(0)
  })

  it('are not watched any more once stopped', () => {
    const getter = vi.fn(() => tick.value ? 'pong' : 'ping')
    const tick = ref(0)
    const { result } = useInComponent(() => usePullCommand('application', getter))
    result.stop()
    const before = getter.mock.calls.length
    tick.value++
    expect(getter).toHaveBeenCalledTimes(before)
  })

  it('that change during a dispatch change nothing for that message', () => {
    const command = ref('ping')
    const { result, pull } = useInComponent(() => {
      usePullCommand('application', 'ping', () => command.value = 'pong')
      return usePullCommand('application', command)
    })
    pull.connection.receive(ping)
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })
})

describe('a handler\'s error', () => {
  it.each([
    ['thrown', () => {
      throw new Error('mine')
    }],
    ['rejected', async () => {
      throw new Error('mine')
    }],
  ])('reaches error and the hook when it is %s', async (_, handler) => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler))
    pull.connection.receive(ping)
    await flushPromises()
    expect(result.error.value).toMatchObject({ code: 'HANDLER_FAILED', cause: new Error('mine') })
    expect(pull.told.errors).toEqual([[result.error.value, expect.objectContaining(ping)]])
  })

  it('reaches neither other subscriptions nor Vue', () => {
    const errorHandler = vi.fn()
    const pull = createTestPull()
    const { result } = useInComponent(() => {
      usePullCommand('application', 'ping', () => {
        throw new Error('mine')
      })
      return usePullCommand('application', 'ping')
    }, { ...pull, install: (app) => {
      pull.install(app)
      app.config.errorHandler = errorHandler
    } })
    pull.connection.receive(ping)
    expect([result.count.value, result.error.value]).toEqual([1, null])
    expect(errorHandler).not.toHaveBeenCalled()
  })

  it('does not end the subscription', () => {
    const handler = vi.fn(() => {
      throw new Error('mine')
    })
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler))
    pull.connection.receive(ping)
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledTimes(2)
    expect(result.count.value).toBe(2)
  })

  it('stays where it is a PullError of the app\'s own making', () => {
    const own = new PullError({ code: 'REST_FAILED', message: 'm', why: 'w', fix: 'f' })
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', () => {
      throw own
    }))
    pull.connection.receive(ping)
    expect(result.error.value).toBe(own)
  })
})

describe('pause, resume and stop', () => {
  it('hears nothing while paused and goes on when resumed', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    result.pause()
    pull.connection.receive(ping)
    expect([result.isActive.value, result.count.value]).toEqual([false, 0])
    result.resume()
    pull.connection.receive(ping)
    expect([result.isActive.value, result.count.value]).toEqual([true, 1])
  })

  it('does not subscribe twice when resumed twice', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    result.resume()
    result.pause()
    result.resume()
    result.resume()
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })

  it('ends for good when stopped', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    result.stop()
    result.stop()
    result.resume()
    pull.connection.receive(ping)
    expect([result.isActive.value, result.count.value]).toEqual([false, 0])
  })

  it('may be stopped by its own handler', () => {
    const { result, pull } = useInComponent(() => {
      const all = usePullCommand('application', 'ping', () => {
        all.stop()
      })
      return all
    })
    pull.connection.receive(ping)
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })
})

describe('once', () => {
  it('stops with the first message', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { once: true }))
    pull.connection.receive(ping)
    pull.connection.receive(ping)
    expect([result.count.value, result.isActive.value]).toEqual([1, false])
  })

  it('stops before the handler, so that one that causes another message does not hear it', () => {
    const handler = vi.fn(() => pull.connection.receive(ping))
    const pull = createTestPull()
    useInComponent(() => usePullCommand('application', 'ping', handler, { once: true }), pull)
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledOnce()
  })

  it('waits for a message that passes the filter', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', undefined, { once: true, filter: ({ params }) => params.id === 2 }))
    for (const id of [1, 2, 2]) pull.connection.receive({ ...ping, params: { id } })
    expect([result.count.value, result.data.value]).toEqual([1, { id: 2 }])
  })
})

describe('filter', () => {
  it('keeps a message from handler, data and count', () => {
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', handler, { filter: ({ params }) => params.id === 2 }))
    pull.connection.receive(ping)
    expect(handler).not.toHaveBeenCalled()
    expect([result.data.value, result.message.value, result.count.value]).toEqual([undefined, undefined, 0])
  })

  it('that throws is an error of this subscription alone', () => {
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => {
      const filtered = usePullCommand('application', 'ping', handler, {
        filter: ({ params }) => (params as { deep: { id: number } }).deep.id > 0,
      })
      return { filtered, other: usePullCommand('application', 'ping') }
    })
    pull.connection.receive(ping)
    expect(result.filtered.error.value).toMatchObject({ code: 'FILTER_FAILED', cause: expect.any(TypeError) })
    expect(handler).not.toHaveBeenCalled()
    expect(result.other.count.value).toBe(1)
  })
})

describe('replay', () => {
  it('delivers the last matching message, in a microtask', async () => {
    const pull = createTestPull()
    for (const id of [1, 2]) pull.connection.receive({ ...ping, params: { id } })
    pull.connection.receive(pong)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    expect(result.count.value).toBe(0)
    await flushPromises()
    expect([result.data.value, result.count.value]).toEqual([{ id: 2 }, 1])
  })

  it('reaches the new subscription alone', async () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    pull.connection.receive(ping)
    useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    await flushPromises()
    expect(result.count.value).toBe(1)
  })

  it.each([
    ['list', 'application', ['pong', 'ping']], ['asterisk', 'application', '*'], ['asterisk for the module', '*', 'ping'],
  ])('knows a %s', async (_, module, command) => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand(module, command, undefined, { replay: true }), pull)
    await flushPromises()
    expect(result.data.value).toEqual({ id: 1 })
  })

  it('knows the kind of sender', async () => {
    const pull = createTestPull()
    pull.connection.receive({ ...ping, type: 'client' })
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    await flushPromises()
    expect(result.count.value).toBe(0)
  })

  it('does nothing where nothing was recorded', async () => {
    const pull = createTestPull({ history: 0 })
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    await flushPromises()
    expect(result.count.value).toBe(0)
  })

  it('delivers the newest that passes the filter, and asks no further', async () => {
    const pull = createTestPull()
    for (const id of [1, 2, 3, 4]) pull.connection.receive({ ...ping, params: { id } })
    const filter = vi.fn((message: PullMessage) => Number(message.params.id) < 3)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true, filter }), pull)
    await flushPromises()
    expect([result.data.value, result.count.value]).toEqual([{ id: 2 }, 1])
    expect(filter.mock.calls.map(([{ params }]) => params.id)).toEqual([4, 3, 2])
  })

  it('does nothing where a filter rejects all of a long history', async () => {
    const pull = createTestPull({ history: 20_000 })
    for (let id = 0; id < 20_000; id++) pull.connection.receive({ ...ping, params: { id } })
    const filter = vi.fn(() => false)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true, filter }), pull)
    await flushPromises()
    expect([filter.mock.calls.length, result.count.value, result.error.value]).toEqual([20_000, 0, null])
  })

  it('ends where the filter fails or stops the subscription', async () => {
    const pull = createTestPull()
    for (const id of [1, 2]) pull.connection.receive({ ...ping, params: { id } })
    const failing = vi.fn(() => {
      throw new Error('mine')
    })
    const stopping = vi.fn(() => {
      stopped.stop()
      return false
    })
    const { result: failed } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true, filter: failing }), pull)
    const { result: stopped } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true, filter: stopping }), pull)
    await flushPromises()
    expect(failed.error.value).toMatchObject({ code: 'FILTER_FAILED' })
    expect([failing.mock.calls.length, stopping.mock.calls.length]).toEqual([1, 1])
  })

  it('gives way to a message that comes in the meantime', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    pull.connection.receive({ ...ping, params: { id: 2 } })
    await flushPromises()
    expect([result.data.value, result.count.value]).toEqual([{ id: 2 }, 1])
  })

  it('does not come when it was stopped or paused in the meantime', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true }), pull)
    result.pause()
    await flushPromises()
    expect(result.count.value).toBe(0)
  })

  it('counts for once', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', undefined, { replay: true, once: true }), pull)
    await flushPromises()
    pull.connection.receive(ping)
    expect([result.count.value, result.isActive.value]).toEqual([1, false])
  })

  it('comes again when a ref names another command', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    pull.connection.receive(pong)
    const command = ref('ping')
    const { result } = useInComponent(() => usePullCommand('application', command, undefined, { replay: true }), pull)
    await flushPromises()
    command.value = 'pong'
    await flushPromises()
    expect([result.message.value?.command, result.count.value]).toEqual(['pong', 2])
  })

  it('passes the handler\'s error on like any other', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping)
    const { result } = useInComponent(() => usePullCommand('application', 'ping', () => {
      throw new Error('mine')
    }, { replay: true }), pull)
    await flushPromises()
    expect(result.error.value).toMatchObject({ code: 'HANDLER_FAILED' })
    expect(pull.told.errors).toHaveLength(1)
  })
})

describe('inside <KeepAlive>', () => {
  function mountKept(options?: Parameters<typeof usePullCommand>[3]) {
    const pull = createTestPull()
    const isShown = ref(true)
    let all!: ReturnType<typeof usePullCommand>
    const Kept = defineComponent({
      setup() {
        all = usePullCommand('application', 'ping', undefined, options)
        return () => h('i')
      },
    })
    mountWithPull({ setup: () => () => h(KeepAlive, () => isShown.value ? h(Kept) : null) }, pull)
    const show = async (shown: boolean) => {
      isShown.value = shown
      await nextTick()
    }
    return { all, pull, show }
  }

  it('goes on while deactivated', async () => {
    const { all, pull, show } = mountKept()
    await show(false)
    pull.connection.receive(ping)
    expect(all.count.value).toBe(1)
  })

  it('pauses while deactivated with whileActive', async () => {
    const { all, pull, show } = mountKept({ whileActive: true })
    await show(false)
    pull.connection.receive(ping)
    expect([all.isActive.value, all.count.value]).toEqual([false, 0])
    await show(true)
    pull.connection.receive(ping)
    expect([all.isActive.value, all.count.value]).toEqual([true, 1])
  })

  it('stays paused when activated, where it was paused by hand', async () => {
    const { all, pull, show } = mountKept({ whileActive: true })
    all.pause()
    await show(false)
    await show(true)
    pull.connection.receive(ping)
    expect(all.count.value).toBe(0)
  })

  it('waits for the activation when resumed by hand meanwhile', async () => {
    const { all, pull, show } = mountKept({ whileActive: true })
    all.pause()
    await show(false)
    all.resume()
    pull.connection.receive(ping)
    expect(all.count.value).toBe(0)
    await show(true)
    pull.connection.receive(ping)
    expect(all.count.value).toBe(1)
  })

  it('stays stopped when activated', async () => {
    const { all, pull, show } = mountKept({ whileActive: true })
    all.stop()
    await show(false)
    await show(true)
    pull.connection.receive(ping)
    expect(all.count.value).toBe(0)
  })
})

describe('the end of its scope', () => {
  it('ends the subscription with the component and keeps the other listener', () => {
    const pull = createTestPull()
    const first = useInComponent(() => usePullCommand('application', 'ping'), pull)
    const second = useInComponent(() => usePullCommand('application', 'ping'), pull)
    first.wrapper.unmount()
    pull.connection.receive(ping)
    expect([first.result.count.value, second.result.count.value]).toEqual([0, 1])
  })

  it('leaves no subscription behind', () => {
    const pull = createTestPull({ modules: [] })
    const { wrapper } = useInComponent(() => usePullCommand('application', ['ping', '*']), pull)
    expect(isRecorded(pull)).toBe(true)
    wrapper.unmount()
    expect(isRecorded(pull)).toBe(false)
  })

  it('counts one handler in two subscriptions of one component twice', () => {
    const handler = vi.fn()
    const { result, pull } = useInComponent(() => [usePullCommand('application', 'ping', handler), usePullCommand('application', 'ping', handler)])
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledTimes(2)
    result[0]!.stop()
    pull.connection.receive(ping)
    expect(handler).toHaveBeenCalledTimes(3)
  })

  it('ends with an effectScope inside a component', () => {
    const scope = effectScope(true)
    const { result, pull } = useInComponent(() => scope.run(() => usePullCommand('application', 'ping'))!)
    pull.connection.receive(ping)
    scope.stop()
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })
})

describe('where it may be called', () => {
  it('works after an await in <script setup>, and ends with the component', async () => {
    const pull = createTestPull()
    const heard = vi.fn()
    const wrapper = mount({ setup: () => () => h(Suspense, () => h(AfterAwait, { wait: Promise.resolve(), heard })) }, { global: { plugins: [{ install: pull.install }] } })
    await flushPromises()
    pull.connection.receive(ping)
    expect(heard).toHaveBeenCalledOnce()
    wrapper.unmount()
    pull.connection.receive(ping)
    expect(heard).toHaveBeenCalledOnce()
    expect(pull.logger.warn).not.toHaveBeenCalled()
  })

  it('does not subscribe after an await whose component was unmounted meanwhile', async () => {
    const pull = createTestPull({ modules: [] })
    const heard = vi.fn()
    let go = () => {}
    const wait = new Promise<void>(resolve => go = resolve)
    const wrapper = mount({ setup: () => () => h(Suspense, () => h(AfterAwait, { wait, heard })) }, { global: { plugins: [{ install: pull.install }] } })
    wrapper.unmount()
    go()
    await flushPromises()
    pull.connection.receive(ping)
    expect(heard).not.toHaveBeenCalled()
    expect(isRecorded(pull)).toBe(false)
  })

  it('works in onMounted, and ends with the component', () => {
    const heard = vi.fn()
    const { pull, wrapper } = useInComponent(() => onMounted(() => {
      usePullCommand('application', 'ping', heard)
    }))
    pull.connection.receive(ping)
    wrapper.unmount()
    pull.connection.receive(ping)
    expect(heard).toHaveBeenCalledOnce()
    expect(pull.logger.warn).not.toHaveBeenCalled()
  })

  it('works in a Pinia setup store, and outlives the component that was the first to use it', () => {
    const pull = createTestPull()
    const useStore = defineStore('pings', () => {
      const { count } = usePullCommand('application', 'ping')
      return { count }
    })
    const { result: store, wrapper } = useInComponent(() => useStore(), pull)
    wrapper.unmount()
    pull.connection.receive(ping)
    expect(store.count).toBe(1)
    store.$dispose()
    pull.connection.receive(ping)
    expect(store.count).toBe(1)
    expect(pull.logger.warn).not.toHaveBeenCalled()
  })

  it('goes on counting from what an edited store has kept', () => {
    const { result: { count }, pull } = useInComponent(() => usePullCommand('application', 'ping', () => {}))
    pull.connection.receive(ping)
    ;(count as Ref<number>).value = 7
    pull.connection.receive(ping)
    expect(count.value).toBe(8)
  })

  it('works with an app at hand but no scope, and warns once per place', () => {
    const pull = createTestPull()
    const app = createApp({})
    pull.install(app)
    const subscribe = () => app.runWithContext(() => usePullCommand('application', 'ping'))
    const [first] = [1, 2, 3].map(subscribe)
    pull.connection.receive(ping)
    expect(first!.count.value).toBe(1)
    expect(pull.logger.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('outside a component'))
  })

  it('throws NO_CONTEXT where no app can be told, and says what to use instead', () => {
    const call = () => usePullCommand('application', 'ping')
    expect(call).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }))
    expect(call).toThrow(expect.objectContaining({ fix: expect.stringContaining('$b24Pull.on(') }))
    expect(call).toThrow(expect.objectContaining({ fix: expect.stringContaining('runWithContext(') }))
    expect(call).toThrow(expect.objectContaining({ fix: expect.stringMatching(/useNuxtApp\(\).*app\.config\.globalProperties/) }))
  })

  it('throws NO_CONTEXT in a timer', async () => {
    vi.useFakeTimers()
    const problems: unknown[] = []
    useInComponent(() => void setTimeout(() => {
      try {
        usePullCommand('application', 'ping')
      }
      catch (error) {
        problems.push(error)
      }
    }, 10))
    vi.advanceTimersByTime(10)
    vi.useRealTimers()
    expect(problems).toEqual([expect.objectContaining({ code: 'NO_CONTEXT' })])
  })

  it('is inert in an app without the module', () => {
    const handler = vi.fn()
    let all!: ReturnType<typeof usePullCommand>
    mount({
      setup() {
        all = usePullCommand('application', 'ping', handler, { replay: true })
        return () => null
      },
    }).unmount()
    all.pause()
    all.resume()
    all.stop()
    expect([all.data.value, all.count.value, all.error.value]).toEqual([undefined, 0, null])
  })

  it('warns when one place subscribes again and again for the app\'s whole life', () => {
    const appScope = effectScope(true)
    const pull = createTestPull({ appScope })
    const app = createApp({})
    pull.install(app)
    const warnings: number[] = []
    for (let i = 0; i < 20; i++) {
      appScope.run(() => app.runWithContext(() => usePullCommand('application', 'ping')))
      warnings.push(pull.logger.warn.mock.calls.length)
    }
    expect(warnings).toEqual([...Array.from({ length: 9 }, () => 0), ...Array.from({ length: 11 }, () => 1)])
    expect(pull.logger.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('10 times from one place'), expect.stringContaining('usePullCommand.test.ts'))
    appScope.stop()
  })
})

describe('life', () => {
  it('hears again after stop() and start() of the connection', () => {
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping'))
    pull.connection.stop()
    pull.connection.start()
    pull.connection.receive(ping)
    expect(result.count.value).toBe(1)
  })

  it('belongs to the app whose component it is in', () => {
    const first = useInComponent(() => usePullCommand('application', 'ping'))
    const second = useInComponent(() => usePullCommand('application', 'ping'))
    first.pull.connection.receive(ping)
    expect([first.result.count.value, second.result.count.value]).toEqual([1, 0])
  })
})
