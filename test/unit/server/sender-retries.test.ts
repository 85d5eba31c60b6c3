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

function create(options: Partial<PullSenderOptions>): PullSender {
  return sender = createPullSender({ connect: portals.connect, coalesce: 10, ...options })
}

describe('a portal that cannot be reached', () => {
  it('has the whole of `retryFor` anew once it took an event', async () => {
    const onFailed = vi.fn()
    create({ onFailed, retryFor: 500 })
    const portal = portals.get('one')
    portal.failing = { status: 500, error: 'INTERNAL_SERVER_ERROR', times: 1 }
    portal.breaksAt = { command: 'second', error: 'INTERNAL_SERVER_ERROR' }
    await sender.send('one', { command: 'first' })
    await vi.waitUntil(() => portal.requests === 1, PATIENCE)
    await sender.send('one', { command: 'second' })
    await vi.waitUntil(() => portal.heard.length === 1, PATIENCE)
    portal.breaksAt = null
    await sender.idle()
    expect(onFailed).not.toHaveBeenCalled()
    expect(portal.heard.map(({ command }) => command)).toEqual(['first', 'second'])
  })

  it('is tried again where it could not ask the authorization server about the token', async () => {
    const onFailed = vi.fn()
    create({ onFailed })
    const portal = portals.get('one')
    portal.failing = { status: 401, error: 'CONNECTION_ERROR', times: 1 }
    await Promise.all(['first', 'second'].map(command => sender.send('one', { command })))
    await sender.idle()
    expect(onFailed).not.toHaveBeenCalled()
    expect(portal.heard.map(({ command }) => command)).toEqual(['first', 'second'])
  })

  it('gives away no token by the app\'s own error', async () => {
    const onFailed = vi.fn()
    create({ onFailed, retryFor: 0, connect: () => Promise.reject(new Error('SELECT … refresh_token=5up3r-s3cr3t failed')) })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    const { error } = onFailed.mock.calls[0]![0] as { error: Error }
    expect(error).toMatchObject({ code: 'REST_FAILED', cause: { message: 'SELECT … refresh_token=*** failed' } })
  })
})

describe('tokens of a user who has no access any more', () => {
  it.each([[401, 'authorization_error'], [403, 'user_access_error']])('are asked for anew after %i %s, and no event is given up', async (status, error) => {
    const onFailed = vi.fn()
    const connect = vi.fn(portals.connect)
    create({ connect, onFailed })
    const portal = portals.get('one')
    portal.failing = { status, error, times: 1 }
    await Promise.all(['first', 'second'].map(command => sender.send('one', { command })))
    await sender.idle()
    expect(onFailed).not.toHaveBeenCalled()
    expect(connect).toHaveBeenCalledTimes(2)
    expect(portal.heard.map(({ command }) => command)).toEqual(['first', 'second'])
  })
})
