import type { ServerRequest } from 'srvx'
import { isRecord } from '../../runtime/utils/is-record'
import { mediaType } from '../http/content-type'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import { asText } from '../untrusted'
import { parsePhpQuery } from './php-query'
import { fromJsonText } from '../json'
import type { Outcome } from './outcome'
import type { RestService } from './service'
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
export function createRestHttp(deps: RestHttpDeps): (request: ServerRequest) => Promise<Response> {
  function authorize(path: readonly string[], params: RestParams, headers: Headers): RestCaller | Outcome {
    const [first, second] = path
    if (path.length === 3) {
      const isRight = first === String(deps.webhookUserId) && second === deps.tokens.webhookCode
      return isRight
        ? { user: deps.people.get(deps.webhookUserId), kind: 'webhook', frameId: null, connector: '' }
        : { ok: false, status: 401, error: 'INVALID_CREDENTIALS', description: 'Invalid request credentials' }
    }
    const token = asText(params.auth) ?? asText(params.access_token) ?? /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
    if (token === null) return { ok: false, status: 401, error: 'NO_AUTH_FOUND', description: 'Wrong authorization data' }
    const worth = deps.tokens.check(token)
    if (worth.state === 'unknown') return { ok: false, status: 401, error: 'invalid_token', description: 'Unable to get application by token' }
    if (worth.state === 'expired') return { ok: false, status: 401, error: 'expired_token', description: 'The access token provided has expired.' }
    return { user: deps.people.get(worth.userId), kind: 'application', frameId: worth.frameId, connector: asText(params.auth_connector) ?? '' }
  }

  async function answer(request: ServerRequest): Promise<Outcome> {
    const url = new URL(request.url)
    // Without empty parts: a client endpoint ends with a slash, and B24OAuth adds one of its own.
    const path = url.pathname.split('/').filter(Boolean).slice(1)
    const method = (path.at(-1) ?? '').replace(/\.json$/, '')
    const turnAway = (params: RestParams, outcome: Outcome): Outcome => {
      deps.service.note(method, params, outcome)
      return outcome
    }
    const sent = await readParams(request, url)
    if (sent === null) return turnAway({}, NO_PARAMS)
    const params = withoutFrame(sent)
    const tooMany = deps.service.limit(request.ip ?? '')
    if (tooMany) return turnAway(params, tooMany)
    const caller = path.length === 1 || path.length === 3
      ? authorize(path, sent, request.headers)
      : { ok: false as const, status: 404, error: 'ERROR_METHOD_NOT_FOUND', description: 'Method not found!' }
    return 'ok' in caller ? turnAway(params, caller) : deps.service.execute(method, params, caller)
  }

  return async request => toResponse(await answer(request))
}

/** What every SDK call carries around the method's own parameters. */
const FRAME_KEYS = new Set(['auth', 'access_token', 'bx24_request_id', 'bx24_sdk_ver', 'bx24_sdk_type'])

function withoutFrame(sent: RestParams): RestParams {
  return Object.fromEntries(Object.entries(sent).filter(([key]) => !FRAME_KEYS.has(key)))
}

const NO_PARAMS: Outcome = { ok: false, status: 400, error: 'INVALID_REQUEST', description: 'The body is neither JSON nor a form: the platform reads application/json and application/x-www-form-urlencoded.' }

async function readParams(request: Request, url: URL): Promise<RestParams | null> {
  const query = parsePhpQuery(url.search.slice(1))
  if (request.method === 'GET' || request.method === 'HEAD') return query
  const body = await request.text()
  if (body.trim() === '') return query
  const type = mediaType(request.headers)
  if (type === 'application/x-www-form-urlencoded' || (type !== 'application/json' && !/^\s*[[{"\d]/.test(body))) {
    return type === 'application/x-www-form-urlencoded' || type === '' || type === 'text/plain' ? { ...query, ...parsePhpQuery(body) } : null
  }
  if (type !== 'application/json' && type !== '' && type !== 'text/plain') return null
  const json = fromJsonText(body)
  return isRecord(json) ? { ...query, ...json } : null
}

function toResponse(outcome: Outcome): Response {
  if (!outcome.ok) {
    return Response.json({ error: outcome.error, error_description: outcome.description }, { status: outcome.status })
  }
  const { result, total, next, time } = outcome
  return Response.json({ result, ...(next === undefined ? {} : { next }), ...(total === undefined ? {} : { total }), time })
}
