import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultState, PortalFrame, PortalState } from '../../../src/portal/types'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { control, pullConfig, state } from './support/client'
import { openSocket, socketUrl } from './support/socket'
import { openStream } from './support/stream'

let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000' })
})

afterEach(() => portal.close())

describe('the control API', () => {
  it('shows the whole state', async () => {
    expect(await state(portal)).toMatchObject({
      url: portal.url,
      app: 'http://localhost:3000/',
      currentUserId: 1,
      frames: [{ id: 'frame-1', method: 'post' }],
      connections: [],
      connectionCount: 0,
      server: { version: 4, transport: 'websocket', mode: 'shared', history: 1000 },
      placements: [{ placement: 'DEFAULT' }, { placement: 'CRM_DEAL_DETAIL_TAB' }, { placement: 'LEFT_MENU' }],
    })
  })

  it('streams a snapshot first, then state and log as they change', async () => {
    const stream = await openStream(portal)
    expect(stream.messages[0]).toMatchObject({ type: 'snapshot', state: { url: portal.url } })
    portal.emit({ module: 'application', command: 'ping' })
    await stream.until(messages => messages.some(message => message.type === 'log' && message.entries.some(({ title }) => title === 'application:ping')))
    portal.openFrame({ placement: 'LEFT_MENU' })
    await stream.until(messages => messages.some(message => message.type === 'state' && message.state.frames.length === 2))
    await control(portal, 'log/clear', {})
    await stream.until(messages => messages.some(({ type }) => type === 'log-cleared'))
    stream.close()
  })

  it('sends what the form holds', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    const { status, body } = await control<{ messageIds: string[] }>(portal, 'emit', { module: 'application', command: 'ping', params: { a: 1 } })
    await socket.until(({ messages }) => messages.length === 1)
    expect(status).toBe(200)
    expect(body.messageIds).toEqual([socket.messages[0]?.mid])
  })

  it('names every field that is wrong, and sends nothing', async () => {
    const { status, body } = await control(portal, 'emit', { module: 'a b', command: '', params: [], userId: 0 })
    expect(status).toBe(400)
    expect(body.fields.map(({ field }) => field).sort()).toEqual(['command', 'module', 'params', 'userId'])
    expect(portal.log.some(({ source }) => source === 'push')).toBe(false)
  })

  it('says which user it does not know', async () => {
    expect(await control(portal, 'emit', { module: 'a', command: 'b', userId: 9 })).toMatchObject({ status: 404, body: { code: 'PORTAL_UNKNOWN_USER', fields: [{ field: 'userId' }] } })
    expect((await control(portal, 'frames/close', { frameId: 'x' })).status).toBe(404)
  })

  it('opens, reloads and closes frames, side by side for several users', async () => {
    const { body } = await control<PortalFrame>(portal, 'frames/open', { userId: 2, placement: 'CRM_DEAL_DETAIL_TAB', placementOptions: { ID: '42' } })
    expect(body).toMatchObject({ userId: 2, placement: 'CRM_DEAL_DETAIL_TAB' })
    expect((await control<PortalFrame>(portal, 'frames/reload', { frameId: body.id })).body.revision).toBe(1)
    await control(portal, 'frames/close', { frameId: body.id })
    expect(portal.frames).toHaveLength(1)
  })

  it('puts another user before the screen', async () => {
    const { body } = await control<PortalState>(portal, 'users/switch', { userId: 2 })
    expect(body.currentUserId).toBe(2)
    expect(body.frames.map(({ userId }) => userId)).toEqual([2])
    await control(portal, 'users/online', { userId: 3, online: true })
    expect(portal.users.find(({ id }) => id === 3)?.isOnline).toBe(true)
  })

  it('switches faults on and off', async () => {
    const { body } = await control<FaultState>(portal, 'faults/on', { name: 'push-delay', settings: { ms: 5 } })
    expect(body).toMatchObject({ isOn: true, settings: { ms: 5, jitter: 0 } })
    expect((await control<FaultState>(portal, 'faults/off', { name: 'push-delay' })).body.isOn).toBe(false)
    expect(await control(portal, 'faults/on', { name: 'push-delay', settings: { ms: -1 } })).toMatchObject({ status: 400, body: { fields: [{ field: 'settings.ms' }] } })
    expect((await control(portal, 'faults/on', { name: 'nonsense' })).status).toBe(400)
  })

  it('switches the push server: old credentials end, frames open anew', async () => {
    const config = await pullConfig(portal)
    const socket = await openSocket(socketUrl(config))
    const revision = portal.frames[0]?.revision ?? 0
    const { body } = await control<PortalState>(portal, 'server', { version: 4, mode: 'shared' })
    expect(body.server).toMatchObject({ version: 4, mode: 'shared', transport: 'websocket' })
    expect(await socket.closed()).toMatchObject({ code: 3000 })
    expect(body.frames[0]?.revision).toBe(revision + 1)
    expect(await (await openSocket(socketUrl(config))).closed()).toMatchObject({ code: 4010 })
    expect((await pullConfig(portal)).server.config_timestamp).toBeGreaterThan(config.server.config_timestamp)
  })

  it.each([
    ['a foreign origin', { origin: 'http://evil.test' }],
    ['the app\'s origin', { origin: 'http://localhost:3000' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ])('turns %s away', async (_name, headers) => {
    for (const path of ['state', 'stream']) {
      expect((await fetch(`${portal.url}/_portal/${path}`, { headers: headers as Record<string, string> })).status).toBe(403)
    }
    const response = await fetch(`${portal.url}/_portal/log/clear`, { method: 'POST', headers: { ...headers as Record<string, string>, 'content-type': 'application/json' }, body: '{}' })
    expect(response.status).toBe(403)
  })

  it('wants JSON, and says where a body is none', async () => {
    const send = (type: string, body: string) => fetch(`${portal.url}/_portal/emit`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await send('text/plain', '{}')).status).toBe(415)
    expect((await send('application/json', '{')).status).toBe(400)
    expect((await fetch(`${portal.url}/_portal/nowhere`)).status).toBe(404)
  })
})
