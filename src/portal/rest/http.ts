import { isRecord } from '../../runtime/utils/is-record'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import { asText } from './params'
import { parsePhpQuery } from './php-query'
import type { Outcome, RestService } from './service'
import { timeBlock } from './time'
import type { RestCaller, RestParams } from './types'

export interface RestHttpDeps {
  service: RestService
  tokens: Tokens
  people: People
  /** For whom the webhook acts. */
  webhookUserId: number
}

/**
 * REST over HTTP: `/rest/METHOD.json` with a token, `/rest/USER/CODE/METHOD.json` as a webhook. Parameters come from the
 * query and from a body of JSON or of a form, as the platform takes them.
 */
export function createRestHttp(deps: RestHttpDeps): (request: Request) => Promise<Response> {
  function authorize(path: readonly string[], params: RestParams, headers: Headers): RestCaller | Outcome {
    const [first, second] = path
    if (path.length === 3) {
      const isRight = first === String(deps.webhookUserId) && second === deps.tokens.webhookCode
      return isRight
        ? { user: deps.people.get(deps.webhookUserId), kind: 'webhook', frameId: null }
        : { ok: false, status: 401, error: 'INVALID_CREDENTIALS', description: 'Invalid request credentials' }
    }
    const token = asText(params.auth) ?? asText(params.access_token) ?? /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
    if (token === null) return { ok: false, status: 401, error: 'NO_AUTH_FOUND', description: 'Wrong authorization data' }
    const worth = deps.tokens.check(token)
    if (worth.state === 'unknown') return { ok: false, status: 401, error: 'invalid_token', description: 'Unable to get application by token' }
    if (worth.state === 'expired') return { ok: false, status: 401, error: 'expired_token', description: 'The access token provided has expired.' }
    return { user: deps.people.get(worth.userId), kind: 'application', frameId: worth.frameId }
  }

  return async (request) => {
    const startedAt = Date.now()
    const url = new URL(request.url)
    // Without empty parts: a client endpoint ends with a slash, and B24OAuth adds one of its own.
    const path = url.pathname.split('/').filter(Boolean).slice(1)
    const method = (path.at(-1) ?? '').replace(/\.json$/, '')
    const sent = await readParams(request, url)
    if (sent === null) {
      const outcome: Outcome = { ok: false, status: 400, error: 'INVALID_REQUEST', description: 'The body is neither JSON nor a form: the platform reads application/json and application/x-www-form-urlencoded.' }
      deps.service.note(method, {}, outcome)
      return toResponse(outcome, startedAt)
    }
    const caller = path.length === 1 || path.length === 3
      ? authorize(path, sent, request.headers)
      : { ok: false as const, status: 404, error: 'ERROR_METHOD_NOT_FOUND', description: 'Method not found!' }
    const params = withoutFrame(sent)
    if ('ok' in caller) {
      deps.service.note(method, params, caller)
      return toResponse(caller, startedAt)
    }
    return toResponse(await deps.service.execute(method, params, caller), startedAt)
  }
}

/** What every SDK call carries around the method's own parameters. */
const FRAME_KEYS = new Set(['auth', 'access_token', 'bx24_request_id', 'bx24_sdk_ver', 'bx24_sdk_type'])

function withoutFrame(sent: RestParams): RestParams {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => !FRAME_KEYS.has(key)))
}

async function readParams(request: Request, url: URL): Promise<RestParams | null> {
  const query = parsePhpQuery(url.search.slice(1))
  if (request.method === 'GET' || request.method === 'HEAD') return query
  const body = await request.text()
  if (body.trim() === '') return query
  if (/^\s*[[{"\d]/.test(body) && !(request.headers.get('content-type') ?? '').includes('form-urlencoded')) {
    try {
      const json: unknown = JSON.parse(body)
      return isRecord(json) ? { ...query, ...json } : null
    }
    catch {
      return null
    }
  }
  return (request.headers.get('content-type') ?? '').includes('json') ? null : { ...query, ...parsePhpQuery(body) }
}

function toResponse(outcome: Outcome, startedAt: number): Response {
  if (!outcome.ok) {
    return Response.json({ error: outcome.error, error_description: outcome.description }, { status: outcome.status })
  }
  const { result, total, next } = outcome
  return Response.json({ result, ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }), time: timeBlock(startedAt) })
}
