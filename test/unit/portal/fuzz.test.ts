import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Portal, ServerVersion } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import type { FaultFields } from '../../../src/portal/faults/define'
import { FAULT_NAMES, FAULTS } from '../../../src/portal/faults/definitions'
import { control, pullConfig, rest, tokenOf } from './support/client'
import { decode } from './support/decode'
import { createRandom } from './support/random'
import { openSocket, socketUrl } from './support/socket'

const SEED = 20_261_121
const AT_ONCE = 50
const random = createRandom(SEED)
let portal: Portal

beforeAll(async () => {
  portal = await createPortal({ app: 'http://localhost:3000', pollTimeout: 10, limits: false })
})

afterAll(() => portal.close())

/** So much less where every change has to pass it; `npm test -- full unit` does all. */
const SHARE = import.meta.env.MODE === 'long' ? 1 : 0.2

/** Runs tasks so many at a time, or their share. A few cannot even be sent; nearly all must have come to an end at the portal. */
async function storm(all: number, task: () => Promise<unknown>): Promise<void> {
  const count = all * SHARE
  let answered = 0
  for (let done = 0; done < count; done += AT_ONCE) {
    const results = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, count - done) }, task))
    answered += results.filter(({ status }) => status === 'fulfilled').length
  }
  expect(answered).toBeGreaterThan(count * 0.9)
}

async function expectToServe(): Promise<void> {
  expect(await rest(portal, tokenOf(portal), 'profile')).toMatchObject({ status: 200, result: { ID: '1' } })
  const socket = await openSocket(socketUrl(await pullConfig(portal)))
  portal.emit({ module: 'application', command: 'good' })
  await socket.until(({ frames }) => decode(portal.server.version, frames).some(({ command }) => command === 'good'))
  socket.close()
}

/** Fills each field with something that is right, or nonsense; leaves some out. */
function object(fields: Record<string, () => unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields)
    .filter(() => random.number(12) > 0)
    .map(([name, right]) => [name, random.number(8) > 0 ? right() : random.value(2)]))
}

const hostileObject = () => object({ a: random.text, ['__proto__']: () => random.value(2), constructor: () => random.value(2), [random.text()]: () => random.value(3) })
const someUser = () => random.pick([1, 2, 3, 3, Number.MAX_SAFE_INTEGER])
const someName = () => random.pick(['application', 'ping', 'constructor', '__proto__', 'toString', 'x'.repeat(3_000)])
const someText = () => random.text() || 'DEFAULT'
const someFrame = () => random.pick([...portal.frames.map(({ id }) => id), '__proto__'])

/** Bodies that get past the schemas of the control API more often than not, by its paths. */
const controlCalls = {
  'emit': () => object({ module: someName, command: someName, params: hostileObject, userId: () => random.pick<unknown>([someUser(), [1, 2, 2], [someUser()]]) }),
  'bridge': () => object({ frameId: someFrame, data: () => random.value(3) }),
  'frames/open': () => object({ userId: someUser, placement: someText, placementOptions: hostileObject, isSlider: () => random.number(2) === 1, title: someText }),
  'frames/close': () => {
    portal.openFrame()
    return object({ frameId: someFrame })
  },
  'frames/reload': () => object({ frameId: someFrame }),
  'frames/event': () => object({ frameId: someFrame, event: someText, params: hostileObject }),
  'users/switch': () => object({ userId: someUser }),
  'users/online': () => object({ userId: someUser, online: () => random.number(2) === 1 }),
  'faults/on': () => {
    const name = random.pick(FAULT_NAMES)
    const settings = Object.entries<FaultFields[string]>(FAULTS[name].fields as FaultFields).map(([key, field]) => [key, () => random.pick([field.default, field.default, 0, 10_000, 1e308, '__proto__'])] as const)
    return object({ name: () => name, settings: () => object(Object.fromEntries(settings)) })
  },
  'faults/off': () => object({ name: () => random.pick(FAULT_NAMES) }),
  'server': () => object({ version: () => random.pick([5, 4, 3]), transport: () => random.pick(['websocket', 'long-polling']), mode: () => random.pick(['personal', 'shared']), history: () => random.pick([0, 1, 100_000]) }),
  'events/fire': () => object({ event: someName, data: hostileObject }),
  'log/clear': () => random.pick([{}, {}, hostileObject()]),
}

/** Bytes on the wire, from a broken request line to broken frames after an upgrade. */
async function sendRawBytes(head: string, tail: Uint8Array): Promise<void> {
  const { hostname, port } = new URL(portal.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(head)
  socket.write(tail)
  socket.end()
  socket.resume()
  await once(socket, 'close')
}

describe('malformed requests and frames', () => {
  it('thousands of REST calls do not stop it', async () => {
    const token = tokenOf(portal)
    await storm(3_000, () => fetch(`${portal.url}/rest/${random.pick(['profile', 'batch', 'app.option.set', 'user.option.set', 'event.bind', 'pull.application.event.add', 'pull.watch.extend', 'pull.channel.public.list', 'method.get', random.path()])}?${random.query()}&auth=${random.pick([token, 'x', ''])}`, {
      method: random.pick(['POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'DELETE']),
      headers: { 'content-type': random.pick(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x']) },
    }).then(response => response.text()))
    await storm(1_000, () => fetch(`${portal.url}/rest/${random.pick(['batch', 'app.option.set', 'pull.application.event.add', 'pull.application.push.add', 'event.bind'])}.json?auth=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: random.body(),
    }).then(response => response.text()))
    await expectToServe()
  })

  it('hundreds of calls of the bridge do not stop it', async () => {
    const frameId = portal.frames[0]?.id
    const appSid = portal.frames[0]?.name.split('|')[2]
    await storm(1_000, () => control(portal, 'bridge', {
      frameId: random.pick([frameId, 'x']),
      data: random.pick([random.text(), random.value(3), `${random.pick(['setTitle', 'resizeWindow', 'setUserOption', 'selectCRM', 'selectUser', 'setScroll', 'placementBindEvent', 'getInitData'])}:${random.body()}:k:${appSid}`]),
    }))
    await expectToServe()
  })

  it('hundreds of calls of the control API with names that it does not know do not stop it', async () => {
    await storm(500, () => control(portal, random.pick([...Object.keys(controlCalls), random.path()]), { [random.text()]: random.value(2) }))
    await expectToServe()
  })

  it.each(Object.keys(controlCalls) as (keyof typeof controlCalls)[])('a storm of calls of `%s` with values that it may be given, hostile ones among them, does not stop it', async (path) => {
    const statuses: number[] = []
    await storm(300, async () => {
      const { status } = await control(portal, path, controlCalls[path]())
      statuses.push(status)
    })
    expect([...new Set(statuses)].filter(status => ![200, 400, 404].includes(status))).toEqual([])
    // Past the schemas, to the engine: done, or refused by the engine itself.
    expect(statuses.filter(status => status !== 400).length / statuses.length).toBeGreaterThan(0.1)
    portal.faults.clear()
    portal.setServer({ version: 5, transport: 'websocket', mode: 'personal', history: 1_000 })
    portal.switchUser(1)
    await expectToServe()
  })

  it('hundreds of polls, publications and paths do not stop it', async () => {
    await storm(1_000, () => fetch(`${portal.url}${random.pick(['/push/poll', '/push/publish', '/push/socket', `/${random.path()}`])}?${random.query()}`, {
      method: random.pick(['GET', 'POST']),
      ...(random.number(2) ? { method: 'POST', body: random.bytes(64) } : {}),
    }).then(response => response.text()))
    await expectToServe()
  })

  it('hundreds of broken connections do not stop it', async () => {
    const { host } = new URL(portal.url)
    const config = await pullConfig(portal)
    const upgrade = `GET ${socketUrl(config).slice(config.server.websocket.indexOf('/push'))} HTTP/1.1\r\nhost: ${host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
    await storm(1_000, () => sendRawBytes(random.pick([
      upgrade,
      upgrade.replace('13', '1'),
      upgrade.replace('/push/socket', `/${random.path()}`),
      `POST /rest/profile HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 99999\r\n\r\n`,
      `GET ${random.text()} HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
      random.text(),
    ]), random.bytes(200)))
    await expectToServe()
  })

  it.each([5, 4, 3] as ServerVersion[])('hundreds of frames of version %i do not stop it', async (version) => {
    portal.setServer({ version })
    for (let round = 0; round < 12; round++) {
      const socket = await openSocket(socketUrl(await pullConfig(portal, 1 + random.number(3))))
      for (let n = 0; n < 100; n++) {
        socket.send(random.pick([
          random.bytes(100),
          random.text(),
          random.body(),
          JSON.stringify({ jsonrpc: '2.0', id: random.value(1), method: random.pick(['publish', 'getUsersLastSeen', 'subscribeStatusChange', 'listChannels', '__proto__', random.text()]), params: random.value(3) }),
          JSON.stringify(Array.from({ length: random.number(4) }, () => random.value(2))),
          `mack:${random.text()}`,
        ]))
      }
      socket.close()
      await socket.closed()
    }
    await expectToServe()
  })

  it('leaves no prototype touched and no secret in the log', async () => {
    expect(Object.keys(Object.prototype)).toEqual([])
    const token = tokenOf(portal)
    await rest(portal, token, 'profile', { deep: { er: [`Bearer ${token}`] } })
    expect(JSON.stringify(portal.log)).not.toContain(token)
  })
})
