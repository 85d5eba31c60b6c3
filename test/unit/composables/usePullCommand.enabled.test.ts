// @vitest-environment happy-dom
import { nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'

const ping = (n: number) => ({ module: 'application', command: 'ping', params: { n } })

describe('enabled', () => {
  it('hears nothing while it is false', () => {
    const enabled = ref(false)
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', { enabled }))
    pull.connection.receive(ping(1))
    expect(result.count.value).toBe(0)
    expect(result.isActive.value).toBe(false)
    enabled.value = true
    pull.connection.receive(ping(2))
    expect(result.data.value).toEqual({ n: 2 })
    enabled.value = false
    pull.connection.receive(ping(3))
    expect(result.count.value).toBe(1)
  })

  it('counts as a new subscription when it becomes true, with its replay', async () => {
    const enabled = ref(false)
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', { enabled: () => enabled.value, replay: true }))
    pull.connection.receive(ping(1))
    await nextTick()
    expect(result.count.value).toBe(0)
    enabled.value = true
    await nextTick()
    expect(result.data.value).toEqual({ n: 1 })
  })

  it('does not end a pause', () => {
    const enabled = ref(true)
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', null, { enabled }))
    result.pause()
    enabled.value = false
    enabled.value = true
    pull.connection.receive(ping(1))
    expect(result.count.value).toBe(0)
  })
})

describe('names that are not there yet', () => {
  it.each([null, undefined])('hear nothing until they are: %s', async (none) => {
    const module = ref<string | null | undefined>(none)
    const { result, pull } = useInComponent(() => usePullCommand(module, () => none === null ? 'ping' : ['ping']))
    pull.connection.receive(ping(1))
    module.value = 'application'
    pull.connection.receive(ping(2))
    module.value = none
    pull.connection.receive(ping(3))
    expect(result.data.value).toEqual({ n: 2 })
    expect(result.count.value).toBe(1)
  })
})

describe('batch', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())
  const frame = () => vi.advanceTimersByTimeAsync(300)

  it('hands over what came since, in order, once a frame', async () => {
    const batches: number[][] = []
    const { result, pull } = useInComponent(() => usePullCommand('application', 'ping', messages => batches.push(messages.map(({ params }) => Number(params.n))), { batch: true }))
    for (const n of [1, 2, 3]) pull.connection.receive(ping(n))
    expect(batches).toEqual([])
    await frame()
    expect(batches).toEqual([[1, 2, 3]])
    expect(result.count.value).toBe(3)
    expect(result.data.value).toEqual({ n: 3 })
    pull.connection.receive(ping(4))
    await frame()
    expect(batches).toEqual([[1, 2, 3], [4]])
  })

  it('hands over before a pause what came before it, and nothing when the component has gone', async () => {
    const batches: number[] = []
    const { result, pull, wrapper } = useInComponent(() => usePullCommand('application', 'ping', messages => batches.push(messages.length), { batch: true }))
    pull.connection.receive(ping(1))
    result.pause()
    expect(batches).toEqual([1])
    result.resume()
    pull.connection.receive(ping(2))
    wrapper.unmount()
    await frame()
    expect(batches).toEqual([1])
  })

  it.each(['pause', 'stop'] as const)('hands over within the dispatch, and not afterwards, a message in whose dispatch another handler calls %s()', async (end) => {
    const pull = createTestPull()
    const batches: number[] = []
    const { result } = useInComponent(() => {
      usePullCommand('application', 'ping', () => all[end]())
      const all = usePullCommand('application', 'ping', messages => batches.push(messages.length), { batch: true })
      return all
    }, pull)
    pull.connection.receive(ping(1))
    expect(batches).toEqual([1])
    expect(result.isActive.value).toBe(false)
    await frame()
    expect(batches).toEqual([1])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has a replayed message once, also where module and command change in one tick', async () => {
    const pull = createTestPull()
    pull.connection.receive(ping(1))
    const module = ref('other')
    const command = ref('none')
    const batches: number[] = []
    useInComponent(() => usePullCommand(module, command, messages => batches.push(messages.length), { batch: true, replay: true }), pull)
    module.value = 'application'
    command.value = 'ping'
    await frame()
    expect(batches).toEqual([1])
  })

  it('tells an error of its handler as any other, and goes on', async () => {
    const pull = createTestPull()
    const { result } = useInComponent(() => usePullCommand('application', 'ping', (messages) => {
      if (messages.length > 1) throw new Error('boom')
    }, { batch: true }), pull)
    pull.connection.receive(ping(1))
    pull.connection.receive(ping(2))
    await frame()
    expect(result.error.value).toMatchObject({ code: 'HANDLER_FAILED' })
    expect(pull.told.errors).toHaveLength(1)
    pull.connection.receive(ping(3))
    await frame()
    expect(result.count.value).toBe(3)
  })
})
