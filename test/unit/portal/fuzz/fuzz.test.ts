import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerVersion } from '../../../../src/portal'
import { startPortalProcess } from '../support/portal-process'
import type { PortalProcess } from '../support/portal-process'
import { openSocket, socketUrl } from '../support/socket'
import { batch, body, bytes, form, METHODS, odd, params, value } from './arbitraries'
import { controlCall } from './control-calls'

// Whatever comes over the network: the portal lives on, says nothing of 5xx, and its memory stays where it was.

/** Cases by a count, not by time; the long run does so many more, and `npm run test:fuzz`, with seeds of their own. */
const TIMES = { long: 3, fuzz: 15 }[import.meta.env.MODE] ?? 0.25
const SEED = TIMES < 1 ? { seed: 20_261_126 } : {}
const MAX_GROWTH = 100 * 1024 * 1024

let portal: PortalProcess
let token: string
let before: number

beforeAll(async () => {
  portal = await startPortalProcess({ app: 'http://localhost:3000', pollTimeout: 10, limits: false })
  token = await portal.token()
  before = await portal.memory()
})

afterAll(async () => {
  await portal?.stop()
})

/** Plays so many cases of several calls each; of one that is wrong, the smallest is told. */
async function play<T>(cases: number, call: fc.Arbitrary<T>, run: (calls: T[]) => Promise<void>): Promise<void> {
  const property = fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 10 }), async (calls) => {
    await run(calls)
    if (portal.end !== null) throw new Error(portal.end)
  })
  await fc.assert(property, { numRuns: cases * TIMES, ...SEED })
  await expectToServe()
}

/** An answer that a client's mistake may have: never one of the portal's own. */
function expectNoFault(statuses: number[]): void {
  expect(statuses.filter(status => status >= 500)).toEqual([])
}

/** Calms what cases have switched on, and asks something that has to work. */
async function expectToServe(): Promise<void> {
  for (const { name, isOn } of (await portal.state()).faults) if (isOn) await portal.control('faults/off', { name })
  await portal.control('server', { version: 5, transport: 'websocket', mode: 'personal', history: 1_000 })
  await portal.control('users/switch', { userId: 1 })
  token = await portal.token()
  const answer = await fetch(`${portal.url}/rest/profile.json?auth=${token}`)
  expect([answer.status, await answer.json()]).toMatchObject([200, { result: { ID: '1' } }])
  const socket = await openSocket(socketUrl(await portal.pullConfig()))
  await portal.control('emit', { module: 'application', command: 'good' })
  await socket.until(({ messages }) => messages.some(({ body }) => body.command === 'good'))
  socket.close()
}

/** Bytes on the wire; what the server said, up to its end. */
async function say(chunks: (string | Uint8Array)[]): Promise<number[]> {
  const { hostname, port } = new URL(portal.url)
  const socket = connect(Number(port), hostname)
  const { promise: closed, resolve } = Promise.withResolvers<unknown>()
  let heard = ''
  // A connection that is reset closes, too.
  socket.on('error', () => {})
  socket.on('close', resolve)
  socket.on('data', chunk => (heard += chunk.toString('latin1')))
  for (const chunk of chunks) socket.write(chunk)
  socket.end()
  await closed
  return [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
}

describe('a dev portal that hears nonsense', { timeout: 300_000 * Math.max(1, TIMES) }, () => {
  it('survives requests that hardly are HTTP', async () => {
    const line = fc.tuple(fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'DELETE', 'PATCH', 'BREW', ''), fc.oneof(fc.constantFrom('/', '/rest/profile', '/rest/', '/push/poll', '/push/publish', '/push/socket', '/_portal/state', '/_portal/emit', '/oauth/token/', '//', '/%', '/..%2f', '*', 'http://x/'), odd), form)
      .map(([method, path, query]) => `${method} ${path}?${query} HTTP/1.1\r\n`)
    const headers = fc.array(fc.oneof(
      fc.constantFrom('connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version: 1', 'upgrade: websocket', 'content-length: 9', 'content-length: -1', 'transfer-encoding: chunked', 'content-type: application/json', 'content-type: application/jsonevil', 'content-type: multipart/form-data; boundary=x', 'origin: null', 'sec-fetch-site: cross-site', 'expect: 100-continue', 'range: bytes=0-', 'cookie: a=b', 'authorization: Bearer x'),
      odd.map(text => `x-odd: ${text}`),
    ), { maxLength: 4 })
    await play(1_000, fc.tuple(line, fc.boolean(), headers, fc.oneof(body, bytes)), async (calls) => {
      const { host } = new URL(portal.url)
      const all = await Promise.all(calls.map(([line, isForUs, headers, body]) => say([line, `host: ${isForUs ? host : 'evil.test'}\r\n`, ...headers.map(header => `${header}\r\n`), 'connection: close\r\n\r\n', body])))
      expectNoFault(all.flat())
    })
  })

  it('survives calls of REST with parameters of every kind', async () => {
    const call = fc.tuple(fc.constantFrom(...METHODS), fc.oneof(
      params.map(params => ({ type: 'application/json', body: JSON.stringify(params) })),
      batch.map(batch => ({ type: 'application/json', body: JSON.stringify(batch) })),
      body.map(body => ({ type: 'application/json', body })),
      form.map(body => ({ type: 'application/x-www-form-urlencoded', body })),
      fc.tuple(odd, odd).map(([type, body]) => ({ type: type.replaceAll(/[^\x20-\x7E]/g, ''), body })),
    ), form, fc.constantFrom('query', 'header', 'none'))
    await play(1_200, call, async (calls) => {
      const answers = await Promise.all(calls.map(async ([method, { type, body }, query, auth]) => {
        const answer = await fetch(`${portal.url}/rest/${method}.json?${query}${auth === 'query' ? `&auth=${token}` : ''}`, {
          method: 'POST',
          headers: { 'content-type': type, ...(auth === 'header' ? { authorization: `Bearer ${token}` } : {}) },
          body,
        })
        await answer.text()
        return answer.status
      }))
      expectNoFault(answers)
    })
  })

  it('survives what a frame posts to its parent', async () => {
    const COMMANDS = ['getInitData', 'refreshAuth', 'setAppOption', 'setUserOption', 'setInstall', 'setInstallFinish', 'resizeWindow', 'reloadWindow', 'setTitle', 'setScroll', 'openApplication', 'closeApplication', 'openPath', 'selectUser', 'selectAccess', 'selectCRM', 'getInterface', 'placementBindEvent', 'setValue', 'reloadData', 'imCallTo', '__proto__', 'constructor']
    const arg = fc.dictionary(fc.oneof(fc.constantFrom('name', 'value', 'width', 'height', 'title', 'scroll', 'path', 'event', 'mult', 'multiple', 'entityType', 'bx24_width', 'bx24_title', 'options', 'params', '__proto__'), odd), value, { maxKeys: 4, noNullPrototype: true })
    const message = fc.tuple(fc.constantFrom(...COMMANDS), fc.oneof(arg.map(arg => JSON.stringify(arg)), odd), fc.oneof(fc.constant('key'), odd), fc.constantFrom('text', 'object', 'bare'))
    await play(800, message, async (calls) => {
      await portal.control('frames/open', { placement: 'USERFIELD_TYPE' })
      const { id, name } = (await portal.state()).frames.at(-1)!
      const appSid = name.split('|')[2]!
      const statuses: number[] = []
      for (const [command, args, key, kind] of calls) {
        const data = kind === 'text' ? `${command}:${args}:${key}:${appSid}` : kind === 'bare' ? `${command}:${key}:${appSid}` : { method: command, params: args, callback: key, appSid, requestId: 1 }
        statuses.push((await portal.control('bridge', { frameId: id, data })).status)
      }
      for (const frame of (await portal.state()).frames.slice(1)) await portal.control('frames/close', { frameId: frame.id })
      expectNoFault(statuses)
    })
  })

  it('survives calls of its control API, done or refused', async () => {
    const seen: number[] = []
    await play(600, controlCall, async (calls) => {
      for (const [path, body] of calls) {
        const { status } = await portal.control(path, body)
        seen.push(status)
        if (status >= 500) throw new Error(`${path} answered ${status}.`)
      }
      for (const frame of (await portal.state()).frames.slice(3)) await portal.control('frames/close', { frameId: frame.id })
    })
    expect([...new Set(seen)].filter(status => ![200, 400, 404].includes(status))).toEqual([])
    // Past the schemas, to the engine.
    expect(seen.filter(status => status === 200).length / seen.length).toBeGreaterThan(0.1)
  })

  it.each([5, 4, 3] as ServerVersion[])('survives what clients of push server %i send, over sockets and by POST', async (version) => {
    await portal.control('server', { version })
    const config = await portal.pullConfig()
    const rpc = fc.record({ jsonrpc: fc.constantFrom('2.0', '1.0', null), id: value, method: fc.oneof(fc.constantFrom('publish', 'getUsersLastSeen', 'subscribeStatusChange', 'unsubscribeStatusChange', 'listChannels', 'ping', '__proto__'), odd, value), params: fc.oneof(params, fc.record({ userList: fc.array(value, { maxLength: 3 }), channelList: fc.array(value, { maxLength: 3 }), userId: value, body: value, expiry: value })) }, { requiredKeys: [] })
    const frame = fc.oneof(bytes, body, odd, rpc.map(call => JSON.stringify(call)), fc.array(rpc, { maxLength: 3 }).map(calls => JSON.stringify(calls)), odd.map(mid => `mack:${mid}`), fc.constantFrom('ping', 'pong'))
    await play(500, fc.tuple(frame, fc.constantFrom('socket', 'socket', 'post', 'raw')), async (calls) => {
      const url = socketUrl(config)
      const socket = await openSocket(url)
      const statuses: number[] = []
      for (const [frame, way] of calls) {
        if (way === 'socket') socket.send(frame)
        else if (way === 'post') statuses.push((await fetch(`${config.server.publish}${new URL(url).search}`, { method: 'POST', body: frame })).status)
        else statuses.push(...await say([`GET ${new URL(url).pathname}${new URL(url).search} HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`, frame]))
      }
      socket.close()
      await socket.closed()
      expectNoFault(statuses)
    })
  })

  it('has then grown by less than 100 MB, with no prototype touched', async () => {
    const grown = await portal.memory() - before
    console.info(`The portal has grown by ${Math.round(grown / 1024 / 1024)} MB.`)
    expect(grown).toBeLessThan(MAX_GROWTH)
    expect(JSON.stringify(await portal.state())).not.toContain('polluted')
  })
})
