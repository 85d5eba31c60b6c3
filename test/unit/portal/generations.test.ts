import { PbfWriter } from 'pbf'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal, ServerMode, ServerVersion } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { pullConfig } from './support/client'
import { decode } from './support/decode'
import { poll } from './support/poll'
import type { TestSocket } from './support/socket'
import { openSocket, socketUrl } from './support/socket'

const app = 'http://localhost:3000'
let portal: Portal

afterEach(() => portal.close())

const generations: [ServerVersion, ServerMode][] = [[5, 'personal'], [4, 'personal'], [3, 'personal'], [4, 'shared']]

describe.each(generations)('version %i in %s mode over WebSocket', (version, mode) => {
  const read = (socket: TestSocket) => decode(version, socket.frames).filter(({ command }) => command !== 'userStatusChange')
  const open = async (userId = 1, extra: Record<string, string> = {}) => openSocket(socketUrl(await pullConfig(portal, userId), extra))

  beforeEach(async () => {
    portal = await createPortal({ app, server: { version, mode } })
  })

  it('says in the config what it is', async () => {
    const config = await pullConfig(portal)
    expect(config.server).toMatchObject({ version, mode, websocket_enabled: true, publish_enabled: version >= 4 })
    expect([typeof config.jwt, typeof config.clientId]).toEqual([version >= 5 ? 'string' : 'undefined', mode === 'shared' ? 'string' : 'undefined'])
  })

  it('delivers what is sent, in order', async () => {
    const socket = await open()
    const ids = Array.from({ length: 20 }, (_item, n) => portal.emit({ module: 'application', command: 'n', params: { n, text: '#!NGINXNME!# \u2028 ü' } })[0])
    await socket.until(() => read(socket).length === 20)
    expect(read(socket)).toMatchObject(ids.map((mid, n) => ({ mid, command: 'n', params: { n, text: '#!NGINXNME!# \u2028 ü' }, senderType: 2 })))
  })

  it('keeps private and shared channels apart', async () => {
    const [one, two] = [await open(1), await open(2)]
    portal.emit({ module: 'application', command: 'for-1', userId: 1 })
    portal.emit({ module: 'application', command: 'for-2', userId: [2] })
    portal.emit({ module: 'application', command: 'for-all' })
    await one.until(() => read(one).length === 2)
    await two.until(() => read(two).length === 2)
    expect(read(one).map(({ command }) => command)).toEqual(['for-1', 'for-all'])
    expect(read(two).map(({ command }) => command)).toEqual(['for-2', 'for-all'])
  })

  it('sends what was missed to those who come back with a mid, each to their own', async () => {
    const [mid = ''] = portal.emit({ module: 'application', command: 'seen' })
    portal.emit({ module: 'application', command: 'for-1', userId: 1 })
    portal.emit({ module: 'application', command: 'for-2', userId: 2 })
    portal.emit({ module: 'application', command: 'for-all' })
    const socket = await open(2, { mid })
    await socket.until(() => read(socket).length === 2)
    expect(read(socket).map(({ command }) => command)).toEqual(['for-2', 'for-all'])
  })

  it('closes with 4010 when the channel is wrong, and without clientId in shared mode', async () => {
    const config = await pullConfig(portal)
    const url = new URL(socketUrl(config))
    url.searchParams.set(config.jwt ? 'token' : 'CHANNEL_ID', 'wrong/wrong')
    expect(await (await openSocket(url.href)).closed()).toMatchObject({ code: 4010 })
    const other = new URL(socketUrl(config))
    other.searchParams.delete('clientId')
    const socket = await openSocket(other.href)
    if (mode === 'shared') expect(await socket.closed()).toMatchObject({ code: 4010 })
    else expect(portal.connections).toHaveLength(1)
  })

  it('forgets what its history has no room for', async () => {
    portal.setServer({ history: 2 })
    const [mid = ''] = portal.emit({ module: 'application', command: '0' })
    for (const command of ['1', '2', '3']) portal.emit({ module: 'application', command })
    const socket = await open(1, { mid })
    await socket.until(() => read(socket).length === 2)
    expect(read(socket).map(({ command }) => command)).toEqual(['2', '3'])
  })
})

describe('presence in older generations', () => {
  it.each([4, 3] as const)('version %i never tells an application who comes and goes', async (version) => {
    portal = await createPortal({ app, server: { version } })
    const one = await openSocket(socketUrl(await pullConfig(portal, 1)))
    const two = await openSocket(socketUrl(await pullConfig(portal, 2)))
    two.close()
    await portal.waitFor(() => portal.users[1]?.isOnline === false)
    portal.emit({ module: 'application', command: 'after' })
    await one.until(() => decode(version, one.frames).length === 1)
    expect(decode(version, one.frames).map(({ command }) => command)).toEqual(['after'])
  })
})

describe('publishing in protobuf', () => {
  it('carries what a client of version 4 publishes to the signed channel', async () => {
    portal = await createPortal({ app, server: { version: 4 } })
    const config = await pullConfig(portal, 1)
    const target = (await pullConfig(portal, 2)).publicChannels[2]
    const one = await openSocket(socketUrl(config))
    const two = await openSocket(socketUrl(await pullConfig(portal, 2)))
    one.send(requestBatch(target?.public_id ?? '', target?.signature ?? '', { module_id: 'application', command: 'hi', params: { a: 1 } }))
    await two.until(() => decode(4, two.frames).some(({ command }) => command === 'hi'))
    expect(decode(4, two.frames).find(({ command }) => command === 'hi')).toMatchObject({ params: { a: 1 }, senderType: 1 })
    one.send(requestBatch(target?.public_id ?? '', '00', { module_id: 'application', command: 'forged', params: {} }))
    one.send(new Uint8Array([255, 255, 255]))
    await portal.waitFor('log', 'Client publishes bytes that make no sense')
    portal.emit({ module: 'application', command: 'after', userId: 2 })
    await two.until(() => decode(4, two.frames).some(({ command }) => command === 'after'))
    expect(decode(4, two.frames).some(({ command }) => command === 'forged')).toBe(false)
  })
})

describe.each([5, 4, 3] as const)('version %i over long polling', (version) => {
  beforeEach(async () => {
    portal = await createPortal({ app, server: { version, transport: 'long-polling', mode: version === 4 ? 'shared' : 'personal' }, pollTimeout: 60 })
  })

  const read = (answer: { text: string, bytes: Uint8Array }) => decode(version, [version === 4 ? answer.bytes : answer.text]).filter(({ command }) => command !== 'userStatusChange')

  it('refuses sockets and says so in the config', async () => {
    const config = await pullConfig(portal)
    expect(config.server.websocket_enabled).toBe(false)
    expect(await (await openSocket(socketUrl(config))).closed()).toMatchObject({ code: 1006 })
  })

  it('answers 304 with a date of 1973 and an id when nothing came', async () => {
    const answer = await poll(await pullConfig(portal))
    expect(answer.status).toBe(304)
    expect(answer.headers.get('expires')).toBe('Thu, 01 Jan 1973 11:11:01 GMT')
    expect(answer.headers.get('last-message-id')).toMatch(/^[0-9a-f]{16}$/)
    expect(answer.headers.get('access-control-expose-headers')).toContain('Last-Message-Id')
  })

  it('answers a waiting poll with what comes, together where it comes together', async () => {
    const config = await pullConfig(portal)
    const waiting = poll(config)
    await portal.waitFor('connection', 1)
    portal.emit({ module: 'application', command: 'a' })
    portal.emit({ module: 'application', command: 'b', userId: 1 })
    portal.emit({ module: 'application', command: 'c', userId: 2 })
    expect(read(await waiting).map(({ command }) => command)).toEqual(['a', 'b'])
  })

  it('loses nothing between two polls, not even without history', async () => {
    portal.setServer({ history: 0 })
    const config = await pullConfig(portal)
    let mid = (await poll(config)).headers.get('last-message-id') ?? ''
    const got: string[] = []
    for (let n = 0; n < 30; n++) {
      portal.emit({ module: 'application', command: `${n}`, ...(n % 2 ? { userId: 1 } : {}) })
      if (n % 3 !== 0) continue
      const messages = read(await poll(config, mid))
      mid = messages.at(-1)?.mid ?? mid
      got.push(...messages.map(({ command }) => command))
    }
    got.push(...read(await poll(config, mid)).map(({ command }) => command))
    expect(got).toEqual(Array.from({ length: 30 }, (_item, n) => `${n}`))
    expect(portal.connections).toHaveLength(1)
  })

  it('loses nothing of thousands that come between two polls', async () => {
    const config = await pullConfig(portal)
    const mid = (await poll(config)).headers.get('last-message-id') ?? ''
    const expected = Array.from({ length: 2_500 }, (_item, n) => `${n}`)
    for (const command of expected) portal.emit({ module: 'application', command })
    expect(read(await poll(config, mid)).map(({ command }) => command)).toEqual(expected)
  })

  it('goes on from the mid after an answer that was lost', async () => {
    const config = await pullConfig(portal)
    const [mid = ''] = portal.emit({ module: 'application', command: 'seen' })
    portal.emit({ module: 'application', command: 'missed' })
    expect(read(await poll(config, mid)).map(({ command }) => command)).toEqual(['missed'])
    expect(read(await poll(config, mid)).map(({ command }) => command)).toEqual(['missed'])
  })

  it('takes acknowledgements posted as text, from nobody else', async () => {
    const config = await pullConfig(portal)
    const url = `${config.server.publish}?CHANNEL_ID=${encodeURIComponent(`${config.channels.private.id}/${config.channels.shared.id}`)}`
    const response = await fetch(url, { method: 'POST', body: 'mack:0000000000000001', headers: { origin: app } })
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, app])
    const refused = await fetch(`${config.server.publish}?CHANNEL_ID=wrong`, { method: 'POST', body: 'mack:1' })
    expect([refused.status, await refused.text()]).toEqual([400, '4012: Public Channel Id is Required.'])
  })

  it('refuses a wrong channel, and none, with 400 and the code that a socket would be closed with', async () => {
    const { server } = await pullConfig(portal)
    const answers = await Promise.all(['?CHANNEL_ID=wrong', ''].map(query => fetch(`${server.long_polling}${query}`)))
    expect(answers.map(({ status }) => status)).toEqual([400, 400])
    expect(await Promise.all(answers.map(answer => answer.text()))).toEqual(version === 3
      ? ['Channel id is not correct.', 'No channel id provided.']
      : ['4010: Wrong Channel Id.', '4010: Wrong Channel Id.'])
  })

  it('repeats the id that a poll came with when nothing came after it', async () => {
    const config = await pullConfig(portal)
    const [mid = ''] = portal.emit({ module: 'application', command: 'seen' })
    for (let n = 0; n < 2; n++) {
      const answer = await poll(config, mid)
      expect([answer.status, answer.headers.get('last-message-id')]).toEqual([304, mid])
    }
  })

  it('lets a poll go whose client hung up', async () => {
    const abort = new AbortController()
    const waiting = poll(await pullConfig(portal), undefined, abort.signal).catch(() => 'aborted')
    await portal.waitFor('connection')
    abort.abort()
    expect(await waiting).toBe('aborted')
  })
})

describe('the 101st poll of a user', () => {
  it('ends the oldest with 429', async () => {
    portal = await createPortal({ app, server: { version: 4, transport: 'long-polling' } })
    const config = await pullConfig(portal)
    const abort = new AbortController()
    const oldest = poll(config)
    await portal.waitFor('connection', 1)
    const others = Array.from({ length: 100 }, () => poll(config, undefined, abort.signal).catch(() => null))
    const { status, text } = await oldest
    expect([status, text]).toEqual([429, '4029: Too many connections'])
    abort.abort()
    await Promise.all(others)
  })
})

describe('calls of version 5 over long polling', () => {
  it('are answered by the next poll', async () => {
    portal = await createPortal({ app, server: { version: 5, transport: 'long-polling' } })
    const config = await pullConfig(portal)
    const waiting = poll(config)
    await portal.waitFor('connection')
    const channel = `${config.channels.private.id}/${config.channels.shared.id}`
    await fetch(`${config.server.publish}?CHANNEL_ID=${encodeURIComponent(channel)}`, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', method: 'ping', id: 7 }) })
    expect(JSON.parse((await waiting).text)).toEqual({ jsonrpc: '2.0', id: 7, result: 'pong' })
  })
})

function requestBatch(publicId: string, signature: string, body: object): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter()
  pbf.writeMessage(1, (_a, request) => request.writeMessage(1, (_b, messages) => messages.writeMessage(1, (_c, message) => {
    message.writeMessage(1, (_d, receiver) => {
      receiver.writeBytesField(1, Buffer.from(publicId, 'hex'))
      receiver.writeBytesField(3, Buffer.from(signature, 'hex'))
    }, null)
    message.writeStringField(3, JSON.stringify(body))
  }, null), null), null)
  return new Uint8Array(pbf.finish())
}
