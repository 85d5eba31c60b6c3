import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { B24OAuth, EnumAppStatus } from '@bitrix24/b24jssdk'
import type { B24OAuthParams } from '@bitrix24/b24jssdk'
import { runBatch } from '../../../../src/portal/rest/batch'
import { pullEventMethods } from '../../../../src/portal/rest/methods/pull-event'
import { RestError } from '../../../../src/portal/rest/types'
import type { RestCaller, RestParams } from '../../../../src/portal/rest/types'

/** What reached the frames of a portal. */
export interface Heard { module: string, command: string, params: Record<string, unknown>, userIds: number[] | null }

export interface OnePortal {
  readonly memberId: string
  /** In the order in which frames would hear it. */
  readonly heard: Heard[]
  /** Requests that came in, those turned away among them. */
  requests: number
  /** Most requests at the same time. */
  atOnce: number
  refused: number
  /** Answers the next requests with this. */
  failing: { status: number, error: string, times: number } | null
  /** ms that each request takes. */
  delay: number
  /** A command that this portal refuses. */
  refuses: string | null
  /** A command at which a request ends with this error of the platform. */
  breaksAt: { command: string, error: string } | null
}

export interface ManyPortals {
  readonly origin: string
  readonly all: ReadonlyMap<string, OnePortal>
  get: (memberId: string) => OnePortal
  /** Access to a portal, as an app keeps it. */
  connect: (memberId: string) => B24OAuth
  /** All that came in at all portals. */
  requests: () => number
  refused: () => number
  /** Requests that are not answered yet. */
  busy: () => number
  close: () => Promise<void>
}

/**
 * As many portals as are asked for behind one address, with the dev portal's own `batch` and pull methods, and with the
 * platform's limit: a bucket of 50 requests that leaks 2 a second.
 */
export async function serveManyPortals({ burst = 50, leak = 2 } = {}): Promise<ManyPortals> {
  const all = new Map<string, OnePortal>()
  const levels = new Map<string, { level: number, at: number }>()

  function get(memberId: string): OnePortal {
    const there = all.get(memberId)
    if (there) return there
    const portal: OnePortal = { memberId, heard: [], requests: 0, atOnce: 0, refused: 0, failing: null, delay: 0, refuses: null, breaksAt: null }
    all.set(memberId, portal)
    return portal
  }

  function isOverLimit(memberId: string): boolean {
    const now = performance.now()
    const { level, at } = levels.get(memberId) ?? { level: 0, at: now }
    const left = Math.max(0, level - (now - at) / 1_000 * leak)
    levels.set(memberId, { level: left + 1 > burst ? left : left + 1, at: now })
    return left + 1 > burst
  }

  async function answer(portal: OnePortal, method: string, params: RestParams): Promise<unknown> {
    if (isOverLimit(portal.memberId)) {
      portal.refused++
      throw new RestError('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503)
    }
    if (portal.failing) {
      const { status, error } = portal.failing
      if (--portal.failing.times === 0) portal.failing = null
      throw new RestError(error, 'A failure of the test', status)
    }
    const caller: RestCaller = { user: { id: 1, name: 'Ada', lastName: 'Admin', isAdmin: true } as RestCaller['user'], kind: 'application', frameId: null, connector: '' }
    const methods = new Map(pullEventMethods({
      appName: 'App',
      people: { has: () => true } as never,
      emit: event => void portal.heard.push(event as Heard),
      onNotification: () => {},
    }))
    const run = async (name: string, inner: RestParams): Promise<unknown> => {
      const known = methods.get(name)
      if (portal.refuses !== null && inner.COMMAND === portal.refuses) throw new RestError('COMMAND_ERROR', 'Refused by the test', 400)
      if (portal.breaksAt && inner.COMMAND === portal.breaksAt.command) throw new RestError(portal.breaksAt.error, 'A failure of the test', 500)
      if (!known) throw new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404)
      return known(inner, caller)
    }
    if (method !== 'batch') return run(method, params)
    return runBatch(params, caller, async (name, inner) => {
      try {
        return { ok: true, result: await run(name, inner), time: {} as never }
      }
      catch (problem) {
        if (problem instanceof RestError) return { ok: false, status: problem.status, error: problem.code, description: problem.message }
        throw problem
      }
    })
  }

  const running = new Map<string, number>()
  const server = createServer((request, response) => {
    void (async () => {
      const [, memberId = '', , method = ''] = new URL(request.url ?? '', 'http://localhost').pathname.replace(/\/{2,}/g, '/').split('/')
      const portal = get(memberId)
      portal.requests++
      running.set(memberId, (running.get(memberId) ?? 0) + 1)
      portal.atOnce = Math.max(portal.atOnce, running.get(memberId)!)
      const params = await readJson(request)
      if (portal.delay) await wait(portal.delay)
      let status = 200
      let body: object
      try {
        body = { result: await answer(portal, method.replace('.json', ''), params), time: {} }
      }
      catch (error) {
        if (!(error instanceof RestError)) throw error
        status = error.status
        body = { error: error.code, error_description: error.message }
      }
      running.set(memberId, running.get(memberId)! - 1)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    origin,
    all,
    get,
    connect: memberId => connectTo(origin, memberId),
    requests: () => [...all.values()].reduce((sum, { requests }) => sum + requests, 0),
    refused: () => [...all.values()].reduce((sum, { refused }) => sum + refused, 0),
    busy: () => [...running.values()].reduce((sum, count) => sum + count, 0),
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

/** Access to one of the portals behind an address, as an app keeps it. */
export function connectTo(origin: string, memberId: string, auth: Partial<B24OAuthParams> = {}): B24OAuth {
  const b24 = new B24OAuth({
    applicationToken: 'token',
    userId: 1,
    memberId,
    accessToken: 'access',
    refreshToken: 'refresh',
    expires: Math.floor(Date.now() / 1_000) + 3_600,
    expiresIn: 3_600,
    scope: 'pull',
    domain: new URL(origin).host,
    clientEndpoint: `${origin}/${memberId}/rest/`,
    serverEndpoint: `${origin}/rest/`,
    status: EnumAppStatus.Free,
    ...auth,
  }, { clientId: 'app', clientSecret: 'secret' })
  b24.offClientSideWarning()
  return b24
}

async function readJson(request: IncomingMessage): Promise<RestParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text ? JSON.parse(text) as RestParams : {}
}
