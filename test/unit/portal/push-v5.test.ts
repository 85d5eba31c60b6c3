import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { pullConfig, rest, tokenOf } from './support/client'
import { openSocket, socketUrl } from './support/socket'

let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000', pingInterval: 20, server: { version: 5 } })
})

afterEach(() => portal.close())

describe('push server of version 5 over WebSocket', () => {
  it('delivers an emitted event as a JSON-RPC message', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    const [mid] = portal.emit({ module: 'Application', command: 'ping', params: { n: 1 } })
    await socket.until(({ messages }) => messages.length === 1)
    expect(socket.messages[0]).toMatchObject({ mid, sender: { type: 2 }, body: { module_id: 'application', command: 'ping', params: { n: 1 } } })
  })

  it('brings an event sent over REST back to the sender too', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal, 2)))
    await rest(portal, tokenOf(portal, 2), 'pull.application.event.add', { COMMAND: 'ping', PARAMS: { n: 2 }, MODULE_ID: 'application' })
    await socket.until(({ messages }) => messages.length === 1)
    expect(socket.messages[0]?.body.params).toEqual({ n: 2 })
  })

  it('sends what came after the mid first, and nothing without one', async () => {
    const config = await pullConfig(portal)
    const [first] = portal.emit({ module: 'application', command: 'one' })
    portal.emit({ module: 'application', command: 'two' })
    portal.emit({ module: 'application', command: 'three', userId: 1 })
    const back = await openSocket(socketUrl(config, { mid: first ?? '' }))
    const fresh = await openSocket(socketUrl(config))
    portal.emit({ module: 'application', command: 'four' })
    await back.until(({ messages }) => messages.length === 3)
    await fresh.until(({ messages }) => messages.length === 1)
    expect(back.messages.map(({ body }) => body.command)).toEqual(['two', 'three', 'four'])
    expect(fresh.messages.map(({ body }) => body.command)).toEqual(['four'])
  })

  it('never shows a user what was sent to another', async () => {
    const [one, two] = [await openSocket(socketUrl(await pullConfig(portal, 1))), await openSocket(socketUrl(await pullConfig(portal, 2)))]
    portal.emit({ module: 'application', command: 'secret', userId: 1 })
    portal.emit({ module: 'application', command: 'all' })
    await two.until(({ messages }) => messages.length === 1)
    await one.until(({ messages }) => messages.length === 2)
    expect(one.messages.map(({ body }) => body.command)).toEqual(['secret', 'all'])
    expect(two.messages.map(({ body }) => body.command)).toEqual(['all'])
  })

  it('pings as text, and takes pongs and acknowledgements', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    await socket.until(({ frames }) => frames.filter(frame => frame === 'ping').length > 1)
    const [mid] = portal.emit({ module: 'application', command: 'ping' })
    socket.send('pong')
    socket.send(`mack:${mid}`)
    await portal.waitFor(() => portal.connections[0]?.lastMessageId === mid)
  })

  it('closes with 4010 when the token is wrong', async () => {
    const socket = await openSocket(`${(await pullConfig(portal)).server.websocket}?token=a.b.c&jsonRpc=true`)
    expect(await socket.closed()).toMatchObject({ code: 4010 })
  })

  it('answers the calls of the client', async () => {
    const socket = await openSocket(socketUrl(await pullConfig(portal, 1)))
    expect((await socket.call('ping')).result).toBe('pong')
    expect((await socket.call('getUsersLastSeen', { userList: [1, 2, 99] })).result).toEqual({ 1: 0 })
    expect((await socket.call('listChannels')).result).toMatchObject([{ type: 'private' }, { type: 'shared' }])
    expect((await socket.call('nonsense')).error?.code).toBe(-32_601)
    expect((await socket.call('publish', { body: 1 })).error?.code).toBe(-32_602)
  })

  it('carries what a client publishes as a message of a client', async () => {
    const one = await openSocket(socketUrl(await pullConfig(portal, 1)))
    const two = await openSocket(socketUrl(await pullConfig(portal, 2)))
    await one.call('publish', { userList: [2], body: { module_id: 'application', command: 'hello', params: { from: 1 } } })
    await two.until(({ messages }) => messages.length === 1)
    expect(two.messages[0]).toMatchObject({ sender: { type: 1 }, body: { command: 'hello', params: { from: 1 } } })
    expect(one.messages).toHaveLength(0)
  })

  it('tells subscribers when a user comes and goes', async () => {
    const one = await openSocket(socketUrl(await pullConfig(portal, 1)))
    await one.call('subscribeStatusChange', { userId: 2 })
    const two = await openSocket(socketUrl(await pullConfig(portal, 2)))
    two.close()
    await one.until(({ messages }) => messages.length === 2)
    expect(one.messages.map(({ body }) => body.params)).toEqual([{ user_id: 2, online: true }, { user_id: 2, online: false }])
    await one.call('unsubscribeStatusChange', { userId: 2 })
    portal.setOnline(3, true)
    portal.setOnline(2, true)
    portal.emit({ module: 'application', command: 'after' })
    await one.until(({ messages }) => messages.at(-1)?.body.command === 'after')
    expect(one.messages).toHaveLength(3)
  })
})
