import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPresenceWatch } from '../../../../src/runtime/app/client/sdk/presence-watch'
import { presenceUnavailable } from '../../../../src/runtime/app/client/problems'
import type { ServerMethod } from '../../../../src/runtime/app/client/sdk/server-calls'
import type { PullPresence } from '../../../../src/runtime/types'
import { settle } from '../../../support/settle'

const problem = presenceUnavailable('of version 4')

const unhandled = vi.fn()
beforeEach(() => void process.on('unhandledRejection', unhandled))
afterEach(async () => {
  await settle()
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
  unhandled.mockReset()
})

/** A push server that knows when users were last seen, in s. */
function createServer(seen: Record<string, unknown> = { 2: 0, 3: 125 }) {
  const calls: [ServerMethod, object][] = []
  const answers = { seen: (): unknown => seen, other: (_params: object): unknown => true }
  const watch = createPresenceWatch(async (method, params) => {
    calls.push([method, params])
    return method === 'getUsersLastSeen' ? answers.seen() : answers.other(params)
  })
  const count = (method: ServerMethod) => calls.filter(([name]) => name === method).length
  return { watch, calls, answers, count }
}

describe('watching users', () => {
  it('asks nothing until there is a connection', async () => {
    const { watch, calls } = createServer()
    watch.watch(2, () => {})
    await settle()
    expect(calls).toEqual([])
  })

  it('subscribes to each user and asks for all of them at once', async () => {
    const { watch, calls } = createServer()
    const told: [number, PullPresence][] = []
    watch.opened()
    watch.watch(2, presence => told.push([2, presence]))
    watch.watch(3, presence => told.push([3, presence]))
    await settle()
    expect(calls).toEqual([
      ['subscribeStatusChange', { userId: 2 }],
      ['subscribeStatusChange', { userId: 3 }],
      ['getUsersLastSeen', { userList: [2, 3] }],
    ])
    expect(told).toEqual([[2, { lastSeen: 0, error: null }], [3, { lastSeen: 125, error: null }]])
  })

  it('makes one subscription for many watchers of a user and ends it with the last', async () => {
    const { watch, count } = createServer()
    watch.opened()
    const ends = Array.from({ length: 50 }, () => watch.watch(2, () => {}))
    await settle()
    for (const end of ends.slice(1)) end()
    await settle()
    expect([count('subscribeStatusChange'), count('unsubscribeStatusChange')]).toEqual([1, 0])
    ends[0]!()
    ends[0]!()
    await settle()
    expect([count('subscribeStatusChange'), count('unsubscribeStatusChange')]).toEqual([1, 1])
  })

  it('asks anew for one who comes later, because what was known may have changed', async () => {
    const { watch, calls } = createServer()
    watch.opened()
    watch.watch(2, () => {})
    await settle()
    const late = vi.fn()
    watch.watch(2, late)
    await settle()
    expect(calls.slice(2)).toEqual([['getUsersLastSeen', { userList: [2] }]])
    expect(late).toHaveBeenCalledExactlyOnceWith({ lastSeen: 0, error: null })
  })

  it('says nothing to the server when the last one goes and another comes in the same tick', async () => {
    const { watch, count } = createServer()
    watch.opened()
    const end = watch.watch(2, () => {})
    await settle()
    end()
    watch.watch(2, () => {})
    await settle()
    expect([count('subscribeStatusChange'), count('unsubscribeStatusChange')]).toEqual([1, 0])
  })

  it('subscribes anew after a reconnect, with what is wanted by then', async () => {
    const { watch, calls } = createServer()
    watch.opened()
    const end = watch.watch(2, () => {})
    watch.watch(3, () => {})
    await settle()
    watch.lost()
    end()
    calls.length = 0
    watch.opened()
    await settle()
    expect(calls).toEqual([['subscribeStatusChange', { userId: 3 }], ['getUsersLastSeen', { userList: [3] }]])
  })

  it('drops the answer of a connection that has been lost meanwhile', async () => {
    const { watch, answers } = createServer()
    const told = vi.fn()
    let answer = (_seen: unknown) => {}
    answers.seen = () => new Promise(resolve => answer = resolve)
    watch.opened()
    watch.watch(2, told)
    await settle()
    watch.lost()
    answer({ 2: 0 })
    await settle()
    expect(told).not.toHaveBeenCalled()
  })
})

describe('the answer', () => {
  it.each<[string, unknown, number | null]>([
    ['seconds', { 2: 60 }, 60],
    ['seconds as a text', { 2: '60' }, 60],
    ['the user missing: never seen', {}, null],
    ['an empty list, PHP\'s empty object', [], null],
    ['null', null, null],
    ['no number', { 2: 'long ago' }, null],
    ['a number below zero', { 2: -1 }, null],
  ])('may be %s', async (_name, seen, lastSeen) => {
    const { watch, answers } = createServer()
    const told = vi.fn()
    answers.seen = () => seen
    watch.opened()
    watch.watch(2, told)
    await settle()
    expect(told).toHaveBeenCalledExactlyOnceWith({ lastSeen, error: null })
  })

  it('that does not come is told as an error to those who asked', async () => {
    const { watch, answers } = createServer()
    const told = vi.fn()
    answers.seen = () => Promise.reject(problem)
    answers.other = () => Promise.reject(problem)
    watch.opened()
    const end = watch.watch(2, told)
    await settle()
    expect(told).toHaveBeenCalledExactlyOnceWith({ lastSeen: null, error: problem })
    end()
    await settle()
  })

  it('to one subscription that fails concerns that user only', async () => {
    const { watch, answers } = createServer()
    const told: unknown[] = []
    answers.other = params => 'userId' in params && params.userId === 2 ? Promise.reject(problem) : true
    watch.opened()
    watch.watch(2, ({ error }) => told.push(error))
    watch.watch(3, ({ error }) => told.push(error))
    await settle()
    expect(told).toEqual([problem, null])
  })
})
