// @vitest-environment happy-dom
import { nextTick, reactive, ref, watchEffect } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { presenceUnavailable } from '../../../src/runtime/app/client/problems'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { useUserOnline } from '../../../src/runtime/app/composables/useUserOnline'
import { PullError } from '../../../src/runtime/utils/errors'
import { createFakeConnection } from '../../../src/testing/fake-connection'
import { createTestPull, mountWithPull, useInComponent } from '../../support/mount-with-pull'

const problem = presenceUnavailable('It is of version 4.')
const lost = new PullError({ code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f' })
const minute = 60_000

/** A presence event as the portal sends it. */
const change = (userId: unknown, online: unknown) =>
  ({ module: 'online', command: 'userStatusChange', type: 'online', params: { user_id: userId, online } }) as const

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

describe('who is online', () => {
  it('is unknown until something tells it', () => {
    const { result } = useInComponent(() => useUserOnline([2, 3]))
    expect([...result.online.value]).toEqual([[2, null], [3, null]])
    expect([...result.lastSeen.value]).toEqual([[2, null], [3, null]])
    expect(result.error.value).toBeNull()
  })

  it.each([
    [0, true, 0],
    [125, false, 125],
    [null, false, null],
  ])('comes from the push server\'s answer (last seen: %s)', (lastSeen, online, shown) => {
    const { result, pull } = useInComponent(() => useUserOnline(2))
    pull.connection.tellPresence(2, { lastSeen })
    expect([result.online.value.get(2), result.lastSeen.value.get(2)]).toEqual([online, shown])
  })

  it('changes with each event, whatever the id is written as', () => {
    const { result, pull } = useInComponent(() => useUserOnline(2))
    pull.connection.receive(change(2, true))
    expect(result.online.value.get(2)).toBe(true)
    pull.connection.receive(change('2', false))
    expect([result.online.value.get(2), result.lastSeen.value.get(2)]).toEqual([false, 0])
  })

  it.each([change(3, true), change(2, 'Y'), change(undefined, true), { ...change(2, true), command: 'other' }, { ...change(2, true), type: 'client' as const }])(
    'takes nothing from another user\'s event, or one that makes no sense: %o', (event) => {
      const { result, pull } = useInComponent(() => useUserOnline(2))
      pull.connection.receive(event)
      expect([...result.online.value]).toEqual([[2, null]])
    })

  it('renders', async () => {
    const seen: unknown[] = []
    const { pull } = useInComponent(() => {
      const { online } = useUserOnline(2)
      watchEffect(() => seen.push(online.value.get(2)))
    })
    pull.connection.receive(change(2, true))
    await nextTick()
    expect(seen).toEqual([null, true])
  })

  it('goes on counting the seconds since somebody was seen', () => {
    const { result, pull } = useInComponent(() => useUserOnline(2))
    pull.connection.tellPresence(2, { lastSeen: 30 })
    vi.advanceTimersByTime(5 * minute)
    expect(result.lastSeen.value.get(2)).toBe(330)
    pull.connection.receive(change(2, true))
    vi.advanceTimersByTime(5 * minute)
    expect(result.lastSeen.value.get(2)).toBe(0)
  })

  it('stays known in a short drop and is unknown after two minutes without a connection', () => {
    const { result, pull } = useInComponent(() => useUserOnline(2))
    pull.connection.tellPresence(2, { lastSeen: 0 })
    pull.connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 0 })
    expect(result.online.value.get(2)).toBe(true)
    pull.connection.step({ type: 'overdue' })
    expect([result.online.value.get(2), result.lastSeen.value.get(2)]).toEqual([null, null])
    pull.connection.step({ type: 'opened' })
    pull.connection.tellPresence(2, { lastSeen: 10 })
    expect([result.online.value.get(2), result.lastSeen.value.get(2)]).toEqual([false, 10])
  })
})

describe('a push server that cannot tell', () => {
  it('is told in `error`, and events still count', () => {
    const { result, pull } = useInComponent(() => useUserOnline([2, 3]))
    pull.connection.tellPresence(3, { error: problem })
    expect(result.error.value).toBe(problem)
    pull.connection.receive(change(3, true))
    expect(result.online.value.get(3)).toBe(true)
    pull.connection.tellPresence(3, { lastSeen: 0 })
    expect(result.error.value).toBeNull()
  })
})

describe('sharing', () => {
  it('watches a user once for many components, until the last one goes', () => {
    const pull = createTestPull()
    const wrappers = Array.from({ length: 20 }, () => mountWithPull({
      setup() {
        useUserOnline([2, 3])
        return () => null
      },
    }, pull))
    expect(pull.connection.watchedUsers).toEqual([2, 3])
    for (const wrapper of wrappers.slice(1)) wrapper.unmount()
    expect(pull.connection.watchedUsers).toEqual([2, 3])
    wrappers[0]!.unmount()
    expect(pull.connection.watchedUsers).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('shows a newcomer at once what is known', () => {
    const pull = createTestPull()
    useInComponent(() => useUserOnline(2), pull)
    pull.connection.receive(change(2, true))
    const { result } = useInComponent(() => useUserOnline(2), pull)
    expect(result.online.value.get(2)).toBe(true)
  })

  it('forgets a user with the last component', () => {
    const pull = createTestPull()
    const first = useInComponent(() => useUserOnline(2), pull)
    pull.connection.receive(change(2, true))
    first.wrapper.unmount()
    const { result } = useInComponent(() => useUserOnline(2), pull)
    expect(result.online.value.get(2)).toBeNull()
  })
})

describe('the ids', () => {
  it('may change: those who stay are not asked for again', () => {
    const ids = ref<number | number[] | null>([2, 3])
    const connection = createFakeConnection()
    const watchUser = vi.spyOn(connection, 'watchUser')
    const { result, pull } = useInComponent(() => useUserOnline(ids), createTestPull({ connection }))
    pull.connection.receive(change(3, true))
    ids.value = [3, 4]
    expect([...result.online.value]).toEqual([[3, true], [4, null]])
    expect(pull.connection.watchedUsers).toEqual([3, 4])
    expect(watchUser.mock.calls.map(([id]) => id)).toEqual([2, 3, 4])
    ids.value = null
    expect(result.online.value.size).toBe(0)
    expect(pull.connection.watchedUsers).toEqual([])
  })

  it('may be a reactive list that changes inside', () => {
    const ids = reactive([2])
    const { pull } = useInComponent(() => useUserOnline(ids))
    ids.push(5, 5)
    expect(pull.connection.watchedUsers).toEqual([2, 5])
  })

  it.each([0, -1, 1.5, '2', [2, undefined]])('that are none are told at once: %j', (wrong) => {
    const thrown = useInComponent(() => {
      try {
        return useUserOnline(wrong as never)
      }
      catch (error) {
        return error
      }
    }).result
    expect(thrown).toMatchObject({ code: 'USER_ID_ERROR' })
  })

  it('that become wrong later are told in `error`, until they are right', () => {
    const id = ref(2)
    const { result, pull } = useInComponent(() => useUserOnline(id))
    id.value = 0
    expect(result.error.value).toMatchObject({ code: 'USER_ID_ERROR' })
    expect(pull.told.errors).toHaveLength(1)
    expect(pull.connection.watchedUsers).toEqual([2])
    id.value = 3
    expect(result.error.value).toBeNull()
    expect(pull.connection.watchedUsers).toEqual([3])
  })

  it('are let go by stop(), and not followed any more', () => {
    const id = ref(2)
    const { result, pull, wrapper } = useInComponent(() => useUserOnline(id))
    pull.connection.receive(change(2, true))
    result.stop()
    id.value = 3
    wrapper.unmount()
    expect(pull.connection.watchedUsers).toEqual([])
    expect([...result.online.value]).toEqual([[2, null]])
  })
})

describe('usePullOnline', () => {
  it('hands over every presence event, and nothing else', () => {
    const handler = vi.fn()
    const { pull } = useInComponent(() => usePullOnline(handler))
    pull.connection.receive(change(2, true))
    pull.connection.receive({ ...change(2, true), command: 'list' })
    pull.connection.receive({ module: 'application', command: 'ping' })
    expect(handler.mock.calls.map(([params, message]) => [params, message.command])).toEqual([
      [{ user_id: 2, online: true }, 'userStatusChange'],
      [{ user_id: 2, online: true }, 'list'],
    ])
  })

  it('keeps the handler\'s error, and tells the hook', () => {
    const { result, pull } = useInComponent(() => usePullOnline(() => {
      throw new Error('mine')
    }))
    pull.connection.receive(change(2, true))
    expect(result.error.value).toMatchObject({ code: 'HANDLER_FAILED' })
    expect(pull.told.errors).toHaveLength(1)
  })

  it('ends with its component, or by stop()', () => {
    const handler = vi.fn()
    const pull = createTestPull()
    const first = useInComponent(() => usePullOnline(handler), pull)
    const second = useInComponent(() => usePullOnline(handler), pull)
    first.wrapper.unmount()
    second.result.stop()
    pull.connection.receive(change(2, true))
    expect(handler).not.toHaveBeenCalled()
  })
})
