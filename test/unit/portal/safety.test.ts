import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal, PortalError } from '../../../src/portal'
import { parsePhpQuery } from '../../../src/portal/rest/php-query'
import { maskText } from '../../../src/portal/security/mask'
import { bridge, control, pullConfig, rest, tokenOf } from './support/client'
import { openSocket, socketUrl } from './support/socket'
import { openStream } from './support/stream'

let portal: Portal

beforeAll(async () => {
  portal = await createPortal({ app: 'http://localhost:3000', limits: false })
})

afterAll(() => portal.close())

/** Raw, because fetch would not send these headers. */
async function status(path: string, headers: Record<string, string>): Promise<number> {
  const call = request(`${portal.url}${path}`, { headers, agent: false })
  call.end()
  const [response] = await once(call, 'response')
  response.resume()
  return response.statusCode
}

/** Status line of an upgrade. */
async function upgrade(path: string, headers: Record<string, string>): Promise<string> {
  const { hostname, port } = new URL(portal.url)
  const socket = connect(Number(port), hostname)
  const lines = Object.entries({ 'host': new URL(portal.url).host, 'connection': 'Upgrade', 'upgrade': 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers })
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}`).join('\r\n')}\r\n\r\n`)
  const [data] = await once(socket, 'data')
  socket.destroy()
  return String(data).split('\r\n')[0]?.trim() ?? ''
}

/** Objects in objects. */
function nested(depth: number): Record<string, unknown> {
  let deep: Record<string, unknown> = {}
  for (let level = 0; level < depth; level++) deep = { deep }
  return deep
}

describe('the door', () => {
  it('listens on 127.0.0.1', () => {
    expect(new URL(portal.url).hostname).toBe('127.0.0.1')
  })

  it.each(['/', '/rest/profile', '/_portal/state', '/push/poll'])('refuses a foreign Host at %s', async (path) => {
    expect(await status(path, { host: 'evil.test' })).toBe(403)
    expect(await status(path, { host: `localhost:${new URL(portal.url).port}` })).toBe(403)
  })

  it.each(['/', '/rest/profile', '/_portal/state', '/push/poll'])('refuses a foreign Origin at %s', async (path) => {
    expect(await status(path, { origin: 'http://evil.test' })).toBe(403)
    expect(await status(path, { origin: 'null' })).toBe(403)
  })

  it('refuses upgrades with a foreign Host or Origin, and on other paths', async () => {
    expect(await upgrade('/push/socket', { host: 'evil.test' })).toMatch(/ 403/)
    expect(await upgrade('/push/socket', { origin: 'http://evil.test' })).toMatch(/ 403/)
    expect(await upgrade('/push/socket', { origin: 'null' })).toMatch(/ 403/)
    expect(await upgrade('/_portal/stream', {})).toMatch(/ 404/)
    expect(await upgrade('/', {})).toMatch(/ 404/)
    expect(await upgrade('/push/socket', { origin: 'http://localhost:3000' })).toMatch(/ 101/)
  })

  it('limits bodies', async () => {
    const response = await fetch(`${portal.url}/rest/profile.json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ auth: tokenOf(portal), big: 'x'.repeat(3_000_000) }) }).catch(() => null)
    expect([413, undefined]).toContain(response?.status)
    expect((await rest(portal, tokenOf(portal), 'profile')).status).toBe(200)
  })

  it('takes __proto__ for an ordinary name', async () => {
    const answer = await fetch(`${portal.url}/rest/profile?auth=${tokenOf(portal)}&__proto__[polluted]=1&a[__proto__][polluted]=1`, { method: 'POST', body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBe(200)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect((await rest(portal, tokenOf(portal), '__proto__')).status).toBe(404)
  })

  it('says so when the port is taken', async () => {
    const error = await createPortal({ app: 'http://localhost:3000', port: Number(new URL(portal.url).port) }).catch(reason => reason)
    expect(error).toBeInstanceOf(PortalError)
    expect(error.code).toBe('PORTAL_PORT_TAKEN')
  })

  it('serves the page, or says how to build it, with strict headers', async () => {
    const response = await fetch(portal.url)
    expect([200, 503]).toContain(response.status)
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors \'none\'')
    expect((await fetch(`${portal.url}/..%2f..%2fpackage.json`)).status).not.toBe(200)
    expect((await fetch(`${portal.url}/%2e%2e/package.json`)).status).not.toBe(200)
  })
})

describe('what once stopped the portal', () => {
  const serves = async () => expect((await rest(portal, portal.authorize().access_token, 'server.time')).status).toBe(200)

  it('refuses to send what cannot be written, before anybody keeps it', async () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    for (const params of [{ big: 1n }, nested(20_000), cycle]) {
      const before = portal.log.length
      expect(() => portal.emit({ module: 'application', command: 'a', params })).toThrow(PortalError)
      expect(portal.log).toHaveLength(before)
    }
    await serves()
  })

  it('refuses options that cannot be written, before its page is told of them', async () => {
    const before = portal.frames.length
    for (const options of [{ a: 1n }, nested(20_000)]) {
      expect(() => portal.openFrame({ placementOptions: options })).toThrow('placementOptions cannot be written')
      await expect(createPortal({ app: 'http://localhost:3000', appOptions: options })).rejects.toThrow('an object that JSON can hold')
      await expect(createPortal({ app: 'http://localhost:3000', placements: [{ placement: 'LEFT_MENU', options }] })).rejects.toThrow('an object that JSON can hold')
    }
    expect(portal.frames).toHaveLength(before)
    await serves()
  })

  it('refuses what is nested too deep over the control API, and takes it from a frame for text', async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const headers = { 'content-type': 'application/json', 'origin': portal.url, 'sec-fetch-site': 'same-origin' }
    const { id, name } = portal.frames[0]!
    expect((await fetch(`${portal.url}/_portal/bridge`, { method: 'POST', headers, body: `{"frameId":"${id}","data":${deep}}` })).status).toBe(400)
    expect((await control(portal, 'bridge', { frameId: id, data: `setTitle:{"title":${deep}}:key:${name.split('|')[2]}` })).body).toEqual({ answer: 'key:{}' })
  })

  it('makes nothing of what is neither a text nor a number, over the bridge, over REST and over the socket', async () => {
    const odd = { toString: 'application', valueOf: 1 }
    const { id } = portal.frames[0]!
    for (const [command, params] of [
      ['resizeWindow', { height: odd }], ['setTitle', { title: odd }], ['setScroll', { scroll: odd }], ['setUserOption', { name: odd }],
      ['openPath', { path: odd }], ['placementBindEvent', { event: odd }], ['selectCRM', { entityType: [odd] }],
    ] as const) await bridge(portal, id, command, params)
    const token = tokenOf(portal)
    for (const [method, params] of [
      ['pull.watch.extend', { TAGS: [odd] }], ['pull.application.event.add', { COMMAND: 'x', USER_ID: [odd] }], ['event.offline.get', { limit: odd, filter: { ID: odd }, order: { ID: odd } }],
      ['event.offline.list', { start: odd }], ['event.offline.clear', { process_id: 'x', id: [odd] }], ['method.get', { name: odd }],
      ['event.bind', { event: 'ONCRMDEALADD', handler: 'http://localhost/', options: { minTimeout: odd } }],
    ] as const) expect([method, (await rest(portal, token, method, params)).status]).toEqual([method, 200])
    portal.setServer({ version: 5 })
    const socket = await openSocket(socketUrl(await pullConfig(portal)))
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 'odd', method: odd }))
    expect(await socket.call('ping')).toMatchObject({ result: 'pong' })
    socket.close()
    portal.setServer({ version: 4 })
  })

  it('keeps a log that fits into a page, however much goes by', async () => {
    // More than the budget of 8 million characters, with at most 32,000 of each.
    for (let n = 0; n < 400; n++) portal.emit({ module: 'application', command: 'large', params: { n, parts: ['x'.repeat(20_000), 'y'.repeat(20_000)] } })
    expect(JSON.stringify(portal.log).length).toBeLessThan(12_000_000)
    expect(portal.log.at(-1)?.title).toBe('application:large')
    await serves()
  })

  it('walks names of forms and texts of the log once, in proportion to their length', async () => {
    const time = (work: () => void) => {
      const { user } = process.cpuUsage()
      work()
      return process.cpuUsage({ user, system: 0 }).user
    }
    // Quadratic, 80,000 characters take minutes.
    expect(time(() => parsePhpQuery(`a${'['.repeat(80_000)}=1`))).toBeLessThan(2_000_000)
    expect(time(() => maskText('eyJ-'.repeat(5_000)))).toBeLessThan(2_000_000)
    expect(maskText('a eyJh.eyJi.c0 b')).toBe('a ••• b')
    await serves()
  })

  it('begins its page\'s stream with a snapshot that fits into a page, however large the answers were', async () => {
    // Each call with 190,000 characters of parameters, and 400,000 for an answer: kept whole, they would be 19 and 40 million.
    const parts = Array.from({ length: 10 }, () => 'y'.repeat(19_000))
    const large = await createPortal({ app: 'http://localhost:3000', limits: false, rest: { 'large.answer': () => 'x'.repeat(400_000) } })
    const token = tokenOf(large)
    for (let n = 0; n < 100; n++) await rest(large, token, 'large.answer', { parts })
    const stream = await openStream(large)
    const [snapshot] = stream.messages
    expect(snapshot).toMatchObject({ type: 'snapshot', state: { url: large.url } })
    expect(JSON.stringify(snapshot).length).toBeLessThan(12_000_000)
    stream.close()
    await large.close()
  })

  it.each(['cross-site', 'same-site'])('answers no %s page that does not say which it is', async (site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }
    for (const path of ['/rest/profile.json', '/push/poll', '/push/publish', '/_portal/state', '/_portal/stream']) {
      expect([path, (await fetch(`${portal.url}${path}`, { headers })).status]).toEqual([path, 403])
    }
    expect((await fetch(`${portal.url}/rest/profile.json`, { method: 'POST', headers: { ...headers, origin: 'http://localhost:3000' } })).status).toBe(401)
    expect((await fetch(`${portal.url}/_portal/state`, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })

  it('takes application/json for JSON, and nothing that only begins like it', async () => {
    const post = (path: string, type: string) => fetch(`${portal.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body: '{}' })
    expect((await post('/_portal/log/clear', 'application/jsonevil')).status).toBe(415)
    expect((await post('/rest/profile', 'application/jsonevil')).status).toBe(400)
    expect((await post('/_portal/log/clear', 'application/json; charset=utf-8')).status).toBe(200)
  })

  it('closes a socket that never reads, once too much waits for it, and goes on for the others', async () => {
    const config = await pullConfig(portal, 2)
    const { hostname, port, pathname, search, host } = new URL(socketUrl(config))
    const deaf = connect({ port: Number(port), host: hostname })
    deaf.on('error', () => {})
    deaf.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`)
    await once(deaf, 'data')
    deaf.pause()
    const isOpen = () => portal.connections.some(({ userId }) => userId === 2)
    await portal.waitFor(isOpen)

    // 60 MB, of which a system's own buffers take a few.
    for (let n = 0; n < 3_000; n++) portal.emit({ module: 'application', command: 'much', params: { n, text: 'x'.repeat(20_000) }, userId: 2 })
    await portal.waitFor(() => !isOpen())
    deaf.destroy()
    await serves()
  })

  it('closes the oldest connection of a user with 4029 when there are more than a hundred', async () => {
    const config = await pullConfig(portal)
    const first = await openSocket(socketUrl(config))
    await Promise.all(Array.from({ length: 100 }, () => openSocket(socketUrl(config))))
    expect((await first.closed()).code).toBe(4029)
  })
})
