import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal, PortalError } from '../../../src/portal'
import { bridge, pullConfig, rest, tokenOf } from './support/client'
import { openSocket, socketUrl } from './support/socket'
import { openStream } from './support/stream'

let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000' })
})

afterEach(() => portal.close())

describe('waitFor', () => {
  it('resolves at once with what has happened already', async () => {
    await rest(portal, tokenOf(portal), 'profile')
    expect(await portal.waitFor('request', 'profile')).toMatchObject({ method: 'profile', userId: 1 })
  })

  it('waits for what comes, and for what is fresh', async () => {
    await rest(portal, tokenOf(portal), 'profile')
    const next = portal.waitFor('request', 'profile', { fresh: true })
    await rest(portal, tokenOf(portal, 2), 'profile')
    expect((await next).userId).toBe(2)
  })

  it('waits for a connection, a log entry, a condition', async () => {
    const connected = portal.waitFor('connection', 2)
    const logged = portal.waitFor('log', ({ title }) => title.startsWith('Connected'))
    const socket = await openSocket(socketUrl(await pullConfig(portal, 2)))
    expect(await connected).toMatchObject({ userId: 2, transport: 'websocket', version: 4, lastMessageId: null })
    expect(await logged).toMatchObject({ source: 'push', userId: 2 })
    socket.close()
    await portal.waitFor(() => portal.connections.length === 0)
  })

  it('gives up with what it saw instead', async () => {
    await rest(portal, tokenOf(portal), 'profile')
    const error = await portal.waitFor('request', 'app.info', { timeout: 5 }).catch(reason => reason)
    expect(error).toBeInstanceOf(PortalError)
    expect(error).toMatchObject({ code: 'PORTAL_WAIT_TIMEOUT' })
    expect(error.message).toMatch(/request "app.info".*profile/)
  })

  it('is told when the portal closes', async () => {
    const waiting = portal.waitFor('connection').catch(reason => reason)
    await portal.close()
    expect(await waiting).toMatchObject({ code: 'PORTAL_CLOSED' })
    await expect(portal.waitFor(() => false)).rejects.toMatchObject({ code: 'PORTAL_CLOSED' })
  })
})

describe('createPortal', () => {
  it('refuses a push server that does not exist', () => {
    expect(() => portal.setServer({ version: 6 as never })).toThrow(/`server.version`[^\n\r6\u2028\u2029]*6.*5, 4 or 3/)
    expect(portal.server.version).toBe(4)
  })

  it('keeps of its push server what a change names as undefined', () => {
    portal.setServer({ version: 5, transport: 'long-polling' })
    portal.setServer({ version: undefined, transport: undefined, mode: undefined, history: 10 })
    expect(portal.server).toEqual({ version: 5, transport: 'long-polling', mode: 'personal', history: 10 })
  })

  it('shows no secret in its log, in its requests, or in an error', async () => {
    portal.setServer({ version: 5 })
    const config = await pullConfig(portal)
    const frame = portal.frames[0]
    const secrets = [
      ...['AUTH_ID', 'REFRESH_ID'].map(name => frame?.fields[name]),
      frame?.name.split('|')[2],
      config.jwt,
      ...[config.channels.private.id, config.channels.shared.id].flatMap(id => [id, ...id.split('.')]),
      config.publicChannels[1]?.signature,
      portal.applicationToken,
      portal.webhook.split('/').at(-2),
    ].map(String)
    await openSocket(socketUrl(config))
    await bridge(portal, frame?.id ?? '', 'getInitData')
    portal.faults.on('channel-expire')
    portal.emit({ module: 'application', command: 'echo', params: { secrets, text: secrets.join(' ') } })
    await rest(portal, secrets[0] ?? '', 'no.such', { secrets })
    await rest(portal, 'x', `no.${secrets[0]}`)
    const shown = JSON.stringify([portal.log, portal.requests]) + await portal.waitFor('request', 'never', { timeout: 1 }).catch(String)
    expect(secrets.filter(secret => shown.includes(secret))).toEqual([])
    expect(secrets.every(secret => secret.length > 20)).toBe(true)
  })

  it('refuses to emit what the platform could not', () => {
    expect(() => portal.emit({ module: '', command: 'a' })).toThrow(/`module`/)
    expect(() => portal.emit({ module: 'a', command: 'b', userId: 77 })).toThrow(/no user 77/)
    expect(() => portal.emit({ module: 'a', command: 'b', params: 'text' as never })).toThrow(/`params`/)
  })

  it('takes `extra` over its own, and sends empty params as PHP does', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    portal.emit({ module: 'application', command: 'a', extra: { server_time_unix: 1 } })
    await socket.until(({ messages }) => messages.length === 1)
    expect(socket.messages[0]?.body).toMatchObject({ params: [], extra: { server_time_unix: 1, server_name: 'dev-portal' } })
  })

  it('keeps nothing open after close, live sockets and streams included, and closes twice', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    const stream = await openStream(portal)
    await Promise.all([portal.close(), portal.close()])
    expect((await socket.closed()).code).toBe(1006)
    const again = connect(Number(new URL(portal.url).port), '127.0.0.1')
    await once(again, 'error')
    stream.close()
  })

  it('runs two portals that know nothing of each other', async () => {
    const other = await createPortal({ app: 'http://localhost:3000' })
    expect(await rest(other, tokenOf(portal), 'profile')).toMatchObject({ status: 401, error: 'invalid_token' })
    const foreign = await openSocket(socketUrl(await pullConfig(portal)).replace(portal.url.replace('http', 'ws'), other.url.replace('http', 'ws')))
    expect(await foreign.closed()).toMatchObject({ code: 4010 })
    await other.close()
  })
})
