import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { H3, serve } from 'h3'
import { createPullSender, defineB24EventHandler } from '../../../src/server'
import type { B24EventHandler, B24EventHandlerOptions, PullSender } from '../../../src/server'
import { toPhpForm } from '../../../src/portal/events/php-form'
import { PATIENCE } from '../../support/patience'

/** h3 1 is what Nuxt 4 serves with; the portal's h3 2 stands beside it. */
async function loadH3One(): Promise<{ createApp: () => { use: (path: string, handler: B24EventHandler) => void }, toNodeListener: (app: unknown) => Parameters<typeof createServer>[1] }> {
  const nitro = createRequire(createRequire(import.meta.url).resolve('nitropack/package.json'))
  return await import(pathToFileURL(nitro.resolve('h3').replace(/\.cjs$/, '.mjs')).href) as never
}

let portal: { server: Server, url: string, code: string, asked: number }
let close: (() => Promise<void>)[]

beforeEach(async () => {
  close = []
  const server = createServer((_request, response) => {
    portal.asked++
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ result: { CODE: portal.code } }))
  })
  portal = { server, url: await listen(server), code: 'local.app', asked: 0 }
})

afterEach(async () => {
  for (const end of close) await end()
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  close.push(() => new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  }))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const auth = (change: object = {}) => ({
  access_token: 'access', refresh_token: 'refresh', expires: 1_900_000_000, expires_in: 3_600, scope: 'pull', domain: new URL(portal.url).host, server_endpoint: `${portal.url}/rest/`,
  client_endpoint: `${portal.url}/rest/`, status: 'L', member_id: 'member', user_id: 1, application_token: 'right', ...change,
})
const form = (event = 'ONCRMDEALUPDATE', change: object = {}, data: object = { FIELDS: { ID: 42 } }) => toPhpForm({ event, data, ts: 1, auth: auth(change) })

const servers: [string, (handler: B24EventHandler) => Promise<string>][] = [
  ['h3 2', async (handler) => {
    const app = new H3()
    app.post('/', handler as never)
    const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true })
    await server.ready()
    close.push(() => server.close(true))
    return server.url!
  }],
  ['h3 1', async (handler) => {
    const { createApp, toNodeListener } = await loadH3One()
    const app = createApp()
    app.use('/', handler)
    return listen(createServer(toNodeListener(app)))
  }],
]

/** Sends a request, and reads the answer once all of it is sent: more than fits between the two waits to be read. */
async function upload(url: string, bytes: number): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause()
  close.push(async () => void socket.destroy())
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('data', data => resolve(String(data)))
    socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${bytes}\r\n\r\n`)
    socket.write(Buffer.alloc(bytes, 'a'), () => socket.resume())
  })
}

describe.each(servers)('defineB24EventHandler() on %s', (_, start) => {
  const post = async (options: Partial<B24EventHandlerOptions>, body: BodyInit) => {
    const url = await start(defineB24EventHandler({ applicationToken: 'right', on: {}, ...options }))
    const response = await fetch(url, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }

  it('calls the handler of the event, and answers 200', async () => {
    const heard = vi.fn()
    expect(await post({ on: { onCrmDealUpdate: heard } }, form())).toEqual({ status: 200, text: '' })
    await vi.waitUntil(() => heard.mock.calls.length === 1, PATIENCE)
    expect(heard.mock.calls[0]![0]).toMatchObject({ name: 'ONCRMDEALUPDATE', id: 42, memberId: 'member' })
  })

  it('answers 403 with nothing else for another token, and calls nobody', async () => {
    const heard = vi.fn()
    expect(await post({ on: { ONCRMDEALUPDATE: heard } }, form('ONCRMDEALUPDATE', { application_token: 'wrong' }))).toEqual({ status: 403, text: '' })
    expect(heard).not.toHaveBeenCalled()
  })

  it('answers 400 with nothing else for what is no event', async () => {
    expect(await post({}, '{"json": true}')).toEqual({ status: 400, text: '' })
    expect(await post({}, 'a'.repeat(1_000_001))).toEqual({ status: 400, text: '' })
  })

  it('answers 400 for a body far over the limit, also to who looks for an answer only when all is sent', async () => {
    const url = await start(defineB24EventHandler({ applicationToken: 'right', on: {} }))
    expect(await upload(url, 15_000_000)).toMatch(/^HTTP\/1.1 400 /)
  })

  it('answers before the handler has ended, and tells what it threw', async () => {
    const onError = vi.fn()
    let end = () => {}
    const pending = new Promise<void>(resolve => void (end = resolve))
    expect(await post({ onError, on: { ONCRMDEALUPDATE: () => pending.then(() => Promise.reject(new Error('late'))) } }, form())).toMatchObject({ status: 200 })
    expect(onError).not.toHaveBeenCalled()
    end()
    await vi.waitUntil(() => onError.mock.calls.length === 1, PATIENCE)
    expect(onError.mock.calls[0]).toMatchObject([{ message: 'late' }, { name: 'ONCRMDEALUPDATE', memberId: 'member' }])
  })
})

/** Called as both versions of h3 call it, without a server. */
const call = async (handler: B24EventHandler, body: URLSearchParams) => (await handler({ req: new Request('http://localhost/', { method: 'POST', body }) })).status

describe('with a durable sender', () => {
  const durable = (): PullSender => ({ ...createPullSender({ connect: () => null }), isDurable: true, forget: vi.fn() })

  it('answers only once the handler has ended', async () => {
    const steps: string[] = []
    const handler = defineB24EventHandler({
      applicationToken: 'right',
      sender: durable(),
      on: {
        async ONCRMDEALUPDATE() {
          await new Promise(resolve => setImmediate(resolve))
          steps.push('in the queue')
        },
      },
    })
    expect(await call(handler, form())).toBe(200)
    expect(steps).toEqual(['in the queue'])
  })

  it('waits for one that is still being made, and answers 500 where that fails', async () => {
    const steps: string[] = []
    const handlerOf = (sender: Promise<PullSender>) => defineB24EventHandler({ applicationToken: 'right', sender, onError: () => {}, on: { ONCRMDEALUPDATE: async () => void steps.push((await sender).isDurable ? 'durable' : '') } })
    expect(await call(handlerOf(new Promise(resolve => setImmediate(() => resolve(durable())))), form())).toBe(200)
    expect(steps).toEqual(['durable'])
    expect(await call(handlerOf(Promise.reject(new Error('no database'))), form())).toBe(500)
  })

  it('answers 500 when the event is not in the queue', async () => {
    const onError = vi.fn()
    const handler = defineB24EventHandler({ applicationToken: 'right', sender: durable(), onError, on: { ONCRMDEALUPDATE: () => Promise.reject(new Error('no database')) } })
    expect(await call(handler, form())).toBe(500)
    expect(onError).toHaveBeenCalledOnce()
  })
})

describe('an installation', () => {
  const kept = new Map<string, string>()
  const onInstall = vi.fn(({ memberId, applicationToken }: { memberId: string, applicationToken: string }) => void kept.set(memberId, applicationToken))
  const handlerOf = (options: Partial<B24EventHandlerOptions> = {}) => defineB24EventHandler({
    tokenOf: memberId => kept.get(memberId), code: 'local.app', on: {}, onInstall, ...options,
  })

  beforeEach(() => {
    kept.clear()
    onInstall.mockClear()
  })

  it('of a portal that proves itself is stored, and its events are believed from then on', async () => {
    const handler = handlerOf()
    expect(await call(handler, form())).toBe(403)
    expect(await call(handler, form('ONAPPINSTALL'))).toBe(200)
    expect(portal.asked).toBe(1)
    expect(onInstall.mock.calls).toMatchObject([[{ memberId: 'member', applicationToken: 'right', userId: 1, tokens: { accessToken: 'access', refreshToken: 'refresh' } }]])
    expect(await call(handler, form())).toBe(200)
  })

  it('is refused where the token is of another app', async () => {
    portal.code = 'local.other'
    expect(await call(handlerOf(), form('ONAPPINSTALL'))).toBe(403)
    expect(onInstall).not.toHaveBeenCalled()
  })

  it('does not replace what is kept of a portal that is known', async () => {
    kept.set('member', 'the first one')
    expect(await call(handlerOf(), form('ONAPPINSTALL'))).toBe(403)
    expect(portal.asked).toBe(0)
    expect(onInstall).not.toHaveBeenCalled()
  })

  it.each([
    ['an address of the network within', { client_endpoint: 'https://10.0.0.1/rest/', domain: '10.0.0.1' }],
    ['an address in the cloud\'s metadata', { client_endpoint: 'http://169.254.169.254/rest/', domain: '169.254.169.254' }],
    ['another host than its domain', { domain: 'example.bitrix24.com' }],
    ['another path', { client_endpoint: 'https://example.com/admin/?/rest/', domain: 'example.com' }],
    ['an address with a password', { client_endpoint: 'https://a:b@example.com/rest/', domain: 'example.com' }],
    ['no https', { client_endpoint: 'http://example.com/rest/', domain: 'example.com' }],
    ['no address', { client_endpoint: 'rest' }],
  ])('is refused with %s, and nobody is asked', async (_, change) => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    expect(await call(handlerOf(), form('ONAPPINSTALL', change))).toBe(403)
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })

  it('of a portal whose host is not allowed is refused', async () => {
    expect(await call(handlerOf({ allowPortal: host => host.endsWith('.bitrix24.com') }), form('ONAPPINSTALL'))).toBe(403)
  })

  it('wants to know the app\'s code', () => {
    expect(() => handlerOf({ code: undefined })).toThrow(expect.objectContaining({ code: 'ARGUMENT_ERROR' }))
  })

  it('makes the sender forget that the portal was gone', async () => {
    const forget = vi.fn()
    await call(handlerOf({ sender: { ...createPullSender({ connect: () => null }), forget } }), form('ONAPPINSTALL'))
    expect(forget).toHaveBeenCalledWith('member')
  })

  it('that is removed is told, with the wish to delete all', async () => {
    kept.set('member', 'right')
    const onUninstall = vi.fn()
    const handler = handlerOf({ onUninstall })
    expect(await call(handler, form('ONAPPUNINSTALL', { access_token: '' }, { CLEAN: 1 }))).toBe(200)
    expect(onUninstall).toHaveBeenCalledWith({ memberId: 'member', isClean: true })
    expect(await call(handler, form('ONAPPUNINSTALL', { application_token: 'wrong' }))).toBe(403)
    expect(onUninstall).toHaveBeenCalledOnce()
  })
})
