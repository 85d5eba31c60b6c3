import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPullSender } from '../../../src/server'
import type { PullSender, PullSenderOptions } from '../../../src/server'
import { PATIENCE } from '../../support/patience'
import { serveManyPortals } from './support/many-portals'
import type { ManyPortals } from './support/many-portals'

let portals: ManyPortals
let sender: PullSender

beforeEach(async () => {
  portals = await serveManyPortals()
})

afterEach(async () => {
  await sender.close()
  await portals.close()
})

function create(options: Partial<PullSenderOptions> = {}): PullSender {
  return sender = createPullSender({ connect: portals.connect, coalesce: 10, ...options })
}

const idsOf = (memberId: string) => portals.get(memberId).heard.map(({ params }) => params.id)

describe('createPullSender()', () => {
  it('sends what comes together as one request, in its order, with params as they were', async () => {
    create()
    await Promise.all([1, 2, 3].map(id => sender.send('one', { command: 'deal.changed', params: { id, list: [], text: '$result[0]', isNew: true, none: null } })))
    await sender.idle()
    expect(idsOf('one')).toEqual([1, 2, 3])
    expect(portals.get('one').requests).toBe(1)
    expect(portals.get('one').heard[0]!.params).toEqual({ id: 1, list: [], text: '$result[0]', isNew: true, none: null, __b24PullId: expect.any(String) })
    expect(sender.figures).toEqual({ queued: 0, sent: 3, collapsed: 0, failed: 0, requests: 1 })
  })

  it('names module and receivers', async () => {
    create()
    await sender.send('one', { module: 'my.module', command: 'ping', userId: [2, 3] })
    await sender.send('one', { module: 'my.module', command: 'ping', userId: 2 })
    await sender.idle()
    expect(portals.get('one').heard).toMatchObject([{ module: 'my.module', userIds: [2, 3] }, { userIds: [2] }])
  })

  it('gives each event an id of its own', async () => {
    create()
    await Promise.all([1, 2].map(id => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(new Set(portals.get('one').heard.map(({ params }) => params.__b24PullId)).size).toBe(2)
  })

  it('sends only the newest of a key, behind what came before it', async () => {
    create()
    for (const [key, id] of [['a', 1], ['b', 2], ['a', 3], [undefined, 4], [undefined, 5]] as const) {
      await sender.send('one', { command: 'ping', params: { id }, key })
    }
    await sender.idle()
    expect(idsOf('one')).toEqual([2, 3, 4, 5])
    expect(sender.figures).toMatchObject({ sent: 4, collapsed: 1 })
  })

  it('sends fifty in a request, and one request at a time', async () => {
    create()
    portals.get('one').delay = 5
    await Promise.all(Array.from({ length: 120 }, (_, id) => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(portals.get('one')).toMatchObject({ requests: 3, atOnce: 1 })
    expect(idsOf('one')).toEqual(Array.from({ length: 120 }, (_, id) => id))
  })

  it('does not let a portal wait for another that is slow', async () => {
    create({ concurrency: 2 })
    portals.get('big').delay = 1_000
    await Promise.all(Array.from({ length: 300 }, (_, id) => sender.send('big', { command: 'ping', params: { id } })))
    await sender.send('small', { command: 'ping' })
    await vi.waitUntil(() => portals.get('small').heard.length === 1, PATIENCE)
    expect(portals.get('big').heard.length).toBeLessThan(300)
    portals.get('big').delay = 0
    await sender.idle()
  })

  it('tells of an event that the portal refused, and sends those behind it', async () => {
    const onFailed = vi.fn()
    create({ onFailed })
    portals.get('one').refuses = 'wrong'
    await sender.send('one', { command: 'ping', params: { id: 1 } })
    await sender.send('one', { command: 'wrong', key: 'w' })
    await sender.send('one', { command: 'ping', params: { id: 3 } })
    await sender.idle()
    expect(idsOf('one')).toEqual([1, 3])
    expect(onFailed.mock.calls).toMatchObject([[{ memberId: 'one', event: { command: 'wrong', key: 'w' }, error: { code: 'COMMAND_ERROR' } }]])
  })

  it.each([
    [{ command: 'two words' }, 'COMMAND_ERROR'], [{ command: 'ping', module: 'pull' }, 'MODULE_RESERVED'], [{ command: 'ping', userId: -1 }, 'USER_ID_ERROR'], [{ command: 'ping', userID: 1 }, 'ARGUMENT_ERROR'],
  ])('refuses %j at the door', async (event, code) => {
    create()
    await expect(sender.send('one', event as never)).rejects.toMatchObject({ code })
    expect(sender.figures.queued).toBe(0)
  })

  it.each(['', undefined, 42])('refuses %j as a portal', async (memberId) => {
    create()
    await expect(sender.send(memberId as string, { command: 'ping' })).rejects.toMatchObject({ code: 'ARGUMENT_ERROR' })
  })

  it.each([{ connect: undefined }, { coalesce: -1 }, { concurrency: 0 }, { limit: 1.5 }, { overflow: 'oldest' }, { retryFor: Number.NaN }])('refuses the options %j', (options) => {
    expect(() => createPullSender({ connect: portals.connect, ...options } as never)).toThrow(expect.objectContaining({ code: 'ARGUMENT_ERROR' }))
  })

  it('has its defaults for options that are given as undefined', async () => {
    const onFailed = vi.fn()
    create({ coalesce: undefined, concurrency: undefined, limit: undefined, overflow: undefined, retryFor: undefined, onFailed })
    const sent = await Promise.allSettled(Array.from({ length: 10_001 }, () => sender.send('one', { command: 'ping' })))
    expect(sent.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'QUEUE_OVERFLOW' } })
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(10_000)
    // What is still there when the test ends is of no interest.
    portals.get('one').failing = { status: 403, error: 'PORTAL_DELETED', times: Infinity }
    await sender.idle()
  })
})

describe('a portal that fails', () => {
  it('is called again until it takes the events, once each and in their order', async () => {
    create()
    portals.get('one').failing = { status: 500, error: 'INTERNAL_SERVER_ERROR', times: 2 }
    await Promise.all([1, 2].map(id => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(idsOf('one')).toEqual([1, 2])
    expect(sender.figures).toMatchObject({ sent: 2, failed: 0, requests: 3 })
  })

  it('is given up after `retryFor`, and each event is told', async () => {
    const onFailed = vi.fn()
    create({ onFailed, retryFor: 0 })
    portals.get('one').failing = { status: 500, error: 'INTERNAL_SERVER_ERROR', times: Infinity }
    await sender.send('one', { command: 'ping', key: 'a' })
    await sender.idle()
    expect(onFailed.mock.calls).toMatchObject([[{ memberId: 'one', event: { module: 'application', command: 'ping', key: 'a' }, error: { code: 'REST_FAILED' } }]])
    expect(sender.figures).toMatchObject({ queued: 0, failed: 1 })
  })

  it('waits at its limit without anybody hearing of it', async () => {
    await portals.close()
    portals = await serveManyPortals({ burst: 1, leak: 10 })
    const onFailed = vi.fn()
    create({ onFailed })
    await Promise.all(Array.from({ length: 120 }, (_, id) => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(onFailed).not.toHaveBeenCalled()
    expect(idsOf('one')).toHaveLength(120)
  })

  it.each([
    ['deleted', { status: 403, error: 'PORTAL_DELETED', times: Infinity }],
    ['without REST', { status: 403, error: 'ACCESS_DENIED', times: Infinity }],
  ])('is told once and left alone when it is %s', async (_, failing) => {
    const onGone = vi.fn()
    const onFailed = vi.fn()
    create({ onGone, onFailed })
    portals.get('one').failing = failing
    await Promise.all([1, 2, 3].map(id => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(onGone.mock.calls).toMatchObject([[{ memberId: 'one', dropped: 3 }]])
    expect(onFailed).not.toHaveBeenCalled()
    const { requests } = portals.get('one')
    await expect(sender.send('one', { command: 'ping' })).rejects.toMatchObject({ code: 'PORTAL_GONE' })
    expect(portals.get('one').requests).toBe(requests)
  })

  it('is gone, too, when the app keeps no access to it, until it is installed anew', async () => {
    let isInstalled = false
    const onGone = vi.fn()
    create({ onGone, connect: memberId => isInstalled ? portals.connect(memberId) : null })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    expect(onGone.mock.calls).toMatchObject([[{ memberId: 'one', error: { code: 'PORTAL_GONE' } }]])
    isInstalled = true
    sender.forget('one')
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    expect(portals.get('one').heard).toHaveLength(1)
  })

  it('is asked for newer tokens once before it counts as gone', async () => {
    const connect = vi.fn((memberId: string) => portals.connect(memberId))
    const onGone = vi.fn()
    create({ connect, onGone })
    portals.get('one').failing = { status: 401, error: 'NO_AUTH_FOUND', times: 1 }
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    expect(connect).toHaveBeenCalledTimes(2)
    expect(onGone).not.toHaveBeenCalled()
    expect(portals.get('one').heard).toHaveLength(1)
  })
})

describe('a full queue', () => {
  it('rejects what is beyond `limit`, but takes a repeat of a key that waits', async () => {
    create({ limit: 2 })
    await sender.send('one', { command: 'ping', params: { id: 1 }, key: 'a' })
    await sender.send('one', { command: 'ping', params: { id: 2 } })
    await expect(sender.send('one', { command: 'ping' })).rejects.toMatchObject({ code: 'QUEUE_OVERFLOW' })
    await sender.send('one', { command: 'ping', params: { id: 3 }, key: 'a' })
    await sender.idle()
    expect(idsOf('one')).toEqual([2, 3])
  })

  it('gives up the oldest where it is told to', async () => {
    const onFailed = vi.fn()
    create({ limit: 2, overflow: 'drop-oldest', onFailed })
    for (const id of [1, 2, 3]) await sender.send('one', { command: 'ping', params: { id }, key: String(id) })
    await sender.idle()
    expect(idsOf('one')).toEqual([2, 3])
    expect(onFailed.mock.calls).toMatchObject([[{ event: { key: '1' }, error: { code: 'QUEUE_OVERFLOW' } }]])
  })
})

describe('the end', () => {
  it('sends at once what waits, and takes nothing more', async () => {
    create({ coalesce: 3_600_000 })
    await sender.send('one', { command: 'ping' })
    await sender.close()
    expect(portals.get('one').heard).toHaveLength(1)
    await expect(sender.send('one', { command: 'ping' })).rejects.toMatchObject({ code: 'SENDER_CLOSED' })
  })

  it('tells the figures, and outlives a hook that throws', async () => {
    const onFigures = vi.fn(() => {
      throw new Error('of the app')
    })
    create({ onFigures })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    await vi.waitUntil(() => onFigures.mock.lastCall?.[0 as never] && sender.figures.sent === 1, PATIENCE)
    expect(portals.get('one').heard).toHaveLength(1)
  })
})
