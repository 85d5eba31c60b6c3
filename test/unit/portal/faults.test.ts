import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FAULT_NAMES } from '../../../src/portal/faults/definitions'
import type { FaultName, Portal } from '../../../src/portal'
import { createPortal, PortalError } from '../../../src/portal'
import type { PullConfig } from './support/client'
import { bridge, control, pullConfig, rest, tokenOf } from './support/client'
import { poll } from './support/poll'
import type { TestSocket } from './support/socket'
import { openSocket, socketUrl } from './support/socket'

const app = 'http://localhost:3000'
let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app, pingInterval: 15 })
})

afterEach(() => {
  vi.useRealTimers()
  return portal.close()
})

const commands = ({ messages }: TestSocket) => messages.map(({ body }) => body.command)
const connect = async (userId = 1) => openSocket(socketUrl(await pullConfig(portal, userId)))
const emit = (command: string) => portal.emit({ module: 'application', command })
const isOn = (name: FaultName) => portal.faults.list.find(fault => fault.name === name)?.isOn

describe('faults of the push server', () => {
  it('cut-connections ends sockets without a goodbye, of one user or of all', async () => {
    const [one, two] = [await connect(1), await connect(2)]
    portal.faults.on('cut-connections', { userId: 2 })
    expect((await two.closed()).code).toBe(1006)
    expect(portal.connections).toHaveLength(1)
    portal.faults.on('cut-connections')
    expect((await one.closed()).code).toBe(1006)
    expect(isOn('cut-connections')).toBe(false)
  })

  it('cut-connections ends waiting polls too', async () => {
    portal.setServer({ transport: 'long-polling' })
    const waiting = poll(await pullConfig(portal))
    await portal.waitFor('connection')
    portal.faults.on('cut-connections')
    expect((await waiting).status).toBe(503)
  })

  it('cut-connections ends the next poll of a client that is between two', async () => {
    portal.setServer({ transport: 'long-polling' })
    const config = await pullConfig(portal)
    const first = poll(config)
    await portal.waitFor('connection')
    const [id] = portal.emit({ module: 'application', command: 'one' })
    await first
    portal.faults.on('cut-connections')
    expect((await poll(config, id)).status).toBe(503)
  })

  it('refuse-connections answers 503 for a while, then lets in', async () => {
    const config = await pullConfig(portal)
    portal.faults.on('refuse-connections', { seconds: 3_600 })
    expect((await (await openSocket(socketUrl(config))).closed()).code).toBe(1006)
    expect((await poll(config)).status).toBe(503)
    portal.faults.on('refuse-connections', { seconds: 0.05 })
    await portal.waitFor(() => !isOn('refuse-connections'))
    await openSocket(socketUrl(config))
    expect(portal.connections).toHaveLength(1)
  })

  it('push-delay delivers late and in order', async () => {
    const socket = await connect()
    portal.faults.on('push-delay', { ms: 30, jitter: 30 })
    const start = Date.now()
    for (let n = 0; n < 10; n++) emit(`${n}`)
    portal.faults.off('push-delay')
    emit('last')
    await socket.until(({ messages }) => messages.length === 11)
    expect(Date.now() - start).toBeGreaterThanOrEqual(29)
    expect(commands(socket)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'last'])
  })

  it('drop-messages loses the next ones for good', async () => {
    const socket = await connect()
    const [mid = ''] = emit('before')
    portal.faults.on('drop-messages', { count: 2 })
    for (const command of ['lost', 'lost', 'kept']) emit(command)
    await socket.until(({ messages }) => messages.length === 2)
    expect(commands(socket)).toEqual(['before', 'kept'])
    const back = await openSocket(socketUrl(await pullConfig(portal), { mid }))
    await back.until(({ messages }) => messages.length === 1)
    expect(commands(back)).toEqual(['kept'])
    expect(isOn('drop-messages')).toBe(false)
  })

  it('repeat-messages delivers the next ones twice with one id', async () => {
    const socket = await connect()
    portal.faults.on('repeat-messages', { count: 1 })
    emit('a')
    emit('b')
    await socket.until(({ messages }) => messages.length === 3)
    expect(commands(socket)).toEqual(['a', 'a', 'b'])
    expect(socket.messages[0]?.mid).toBe(socket.messages[1]?.mid)
  })

  it('reorder-messages turns the next ones round, and lets them go when switched off', async () => {
    const socket = await connect()
    portal.faults.on('reorder-messages', { count: 3 })
    for (const command of ['1', '2', '3', '4']) emit(command)
    await socket.until(({ messages }) => messages.length === 4)
    expect(commands(socket)).toEqual(['3', '2', '1', '4'])
    portal.faults.on('reorder-messages', { count: 9 })
    emit('5')
    portal.faults.off('reorder-messages')
    await socket.until(({ messages }) => messages.length === 5)
  })

  it('stop-pings makes the server fall silent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const quiet = await createPortal({ app, server: { version: 5 } })
    const socket = await openSocket(socketUrl(await pullConfig(quiet)))
    vi.advanceTimersByTime(15_000)
    await socket.until(({ frames }) => frames.includes('ping'))
    quiet.faults.on('stop-pings')
    vi.advanceTimersByTime(20_000)
    // Whatever had been sent before the answer has arrived with it.
    await socket.call('ping')
    expect(socket.frames.filter(frame => frame === 'ping')).toHaveLength(1)
    quiet.faults.off('stop-pings')
    vi.advanceTimersByTime(15_000)
    await socket.until(({ frames }) => frames.filter(frame => frame === 'ping').length === 2)
    await quiet.close()
  })

  it.each(['private', 'shared'] as const)('channel-expire replaces the %s channel, in the form in which applications hear of it', async (channel) => {
    const config = await pullConfig(portal)
    const socket = await openSocket(socketUrl(config))
    portal.faults.on('channel-expire', { channel })
    await socket.until(({ messages }) => messages.length === 1)
    expect(socket.messages[0]?.body).toMatchObject({ module_id: 'pull', command: 'channel_expire', params: { action: 'get_config', channel: { id: config.channels[channel].id, type: config.clientId } } })
    expect((await pullConfig(portal)).channels[channel].id).not.toBe(config.channels[channel].id)
    if (channel === 'private') expect(await (await openSocket(socketUrl(config))).closed()).toMatchObject({ code: 4010 })
  })

  it('channel-expire can hand out a new channel', async () => {
    const config = await pullConfig(portal)
    const socket = await openSocket(socketUrl(config))
    portal.faults.on('channel-expire', { action: 'reconnect' })
    await socket.until(({ messages }) => messages.length === 1)
    const { new_channel } = socket.messages[0]!.body.params as { new_channel: PullConfig['channels']['private'] }
    await openSocket(socketUrl({ ...config, channels: { ...config.channels, private: new_channel } }))
    expect(portal.connections).toHaveLength(2)
  })

  it('channel-expire can speak as the nightly agent does: of a shared channel that is not the app\'s', async () => {
    const config = await pullConfig(portal)
    const socket = await openSocket(socketUrl(config))
    portal.faults.on('channel-expire', { action: 'nightly' })
    await socket.until(({ messages }) => messages.length === 1)
    const { params } = socket.messages[0]!.body as { params: { channel: { id: string }, new_channel: { id: string, type: string } } }
    expect(params).toMatchObject({ action: 'reconnect', channel: { type: 'shared' }, new_channel: { type: 'shared' } })
    expect(params.new_channel.id).not.toBe(config.channels.shared.id)
    expect((await pullConfig(portal)).channels).toEqual(config.channels)
  })

  it('config-expire tells everybody', async () => {
    const socket = await connect()
    portal.faults.on('config-expire')
    await socket.until(({ messages }) => messages.length === 1)
    expect(socket.messages[0]?.body).toMatchObject({ module_id: 'pull', command: 'config_expire' })
  })

  it('server-restart tells everybody and closes with 1001; history survives', async () => {
    const socket = await connect()
    const [mid = ''] = emit('before')
    portal.faults.on('server-restart')
    expect(await socket.closed()).toMatchObject({ code: 1001 })
    expect(commands(socket)).toEqual(['before', 'server_restart'])
    emit('meanwhile')
    const back = await openSocket(socketUrl(await pullConfig(portal), { mid }))
    await back.until(({ messages }) => messages.length === 1)
    expect(commands(back)).toEqual(['meanwhile'])
  })

  it('not-configured makes the config fail as on a portal without a push server', async () => {
    portal.faults.on('not-configured')
    expect(await rest(portal, tokenOf(portal), 'pull.application.config.get')).toMatchObject({ status: 500, error: 'SERVER_ERROR' })
  })
})

describe('faults of REST and bridge', () => {
  it('expire-tokens makes calls answer expired_token until refreshAuth', async () => {
    const token = tokenOf(portal)
    portal.faults.on('expire-tokens')
    expect(await rest(portal, token, 'profile')).toMatchObject({ status: 401, error: 'expired_token' })
    const { AUTH_ID } = await bridge(portal, portal.frames[0]?.id ?? '', 'refreshAuth') as { AUTH_ID: string }
    expect((await rest(portal, AUTH_ID, 'profile')).status).toBe(200)
  })

  it('refuse-refresh leaves refreshAuth without an answer', async () => {
    portal.faults.on('refuse-refresh')
    expect(await bridge(portal, portal.frames[0]?.id ?? '', 'refreshAuth')).toBeNull()
  })

  it('refuse-scope answers insufficient_scope, inside a batch too', async () => {
    portal.faults.on('refuse-scope')
    expect(await rest(portal, tokenOf(portal), 'pull.application.config.get')).toMatchObject({ status: 403, error: 'insufficient_scope' })
    const { result } = await rest(portal, tokenOf(portal), 'batch', { cmd: { c: 'pull.application.config.get', p: 'profile' } })
    expect(result).toMatchObject({ result: { p: {} }, result_error: { c: { error: 'insufficient_scope' } } })
  })

  it('fail-method fails one method so many times, with the status and code given', async () => {
    const token = tokenOf(portal)
    portal.faults.on('fail-method', { method: 'Profile', times: 2, status: 418, error: 'TEAPOT' })
    expect((await rest(portal, token, 'server.time')).status).toBe(200)
    expect(await rest(portal, token, 'profile')).toMatchObject({ status: 418, error: 'TEAPOT' })
    expect(await rest(portal, token, 'profile')).toMatchObject({ status: 418, error: 'TEAPOT' })
    expect((await rest(portal, token, 'profile')).status).toBe(200)
  })

  it('rest-delay answers late', async () => {
    portal.faults.on('rest-delay', { ms: 40 })
    const start = Date.now()
    await rest(portal, tokenOf(portal), 'profile')
    expect(Date.now() - start).toBeGreaterThanOrEqual(39)
  })
})

describe('the board of faults', () => {
  it('takes faults from the options', async () => {
    const other = await createPortal({ app, faults: { 'not-configured': true, 'push-delay': { ms: 7 } } })
    expect(other.faults.list.filter(fault => fault.isOn).map(({ name, settings }) => [name, settings])).toEqual([['push-delay', { ms: 7, jitter: 0 }], ['not-configured', {}]])
    other.faults.clear()
    expect(other.faults.list.some(fault => fault.isOn)).toBe(false)
    await other.close()
  })

  it.each(FAULT_NAMES)('%s can be switched by the control API', async (name) => {
    const { status, body } = await control<{ kind: string, isOn: boolean }>(portal, 'faults/on', { name })
    expect([status, body.isOn]).toEqual([200, body.kind === 'switch'])
    expect((await control<{ isOn: boolean }>(portal, 'faults/off', { name })).body.isOn).toBe(false)
  })

  it('says what a setting may be', () => {
    expect(() => portal.faults.on('drop-messages', { count: 0 })).toThrow(/`count`[^\n\r0\u2028\u2029]*0.*from 1 to 10000/)
    expect(() => portal.faults.on('channel-expire', { action: 'no' as never })).toThrow(/get_config, reconnect, nightly/)
    expect(() => portal.faults.on('stop-pings', { x: 1 } as never)).toThrow(PortalError)
    expect(() => portal.faults.on('nonsense' as never)).toThrow(/no fault "nonsense"/)
  })
})
