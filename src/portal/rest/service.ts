import { setTimeout as wait } from 'node:timers/promises'
import type { FaultBoard } from '../faults/faults'
import type { OpenEntry, PortalLog } from '../log/log'
import { maskText, maskWithin } from '../security/mask'
import { runBatch } from './batch'
import type { Outcome } from './outcome'
import { missingMethod } from './missing-method'
import type { Limits } from './limits'
import type { TimeBlock } from './time'
import { timeBlock } from './time'
import type { RestCaller, RestContext, RestHandler, RestMethod, RestParams, RestRequest } from './types'
import { RestError, RestPage } from './types'

const KEPT_REQUESTS = 5_000

/** Characters, about, of the params of one request and of all that are kept. */
const MAX_PARAMS_SIZE = 64_000
const MAX_KEPT_SIZE = 16_000_000

export interface RestService {
  readonly requests: readonly RestRequest[]
  /** Runs one call, from outside or from inside a batch. Never rejects. */
  execute: (method: string, params: RestParams, caller: RestCaller, inBatch?: boolean) => Promise<Outcome>
  /** What stands in the way of one more request from this address, or null. */
  limit: (source: string) => Outcome | null
  /** Notes a call that was turned away before it had a caller. */
  note: (method: string, params: RestParams, outcome: Outcome) => void
}

export interface RestDeps {
  /** By lower-case name. */
  methods: Map<string, RestMethod>
  /** The user's own as they are now, by lower-case name. */
  own: () => ReadonlyMap<string, RestHandler>
  /** The file they come from, if they come from one. */
  restFile: string | null
  scope: readonly string[]
  faults: Pick<FaultBoard, 'settingsOf' | 'take'>
  limits: Limits
  /** `by`: source key of the app's request that makes the change; null = somebody else makes it. */
  fireEvent: (event: string, data: Record<string, unknown>, by: string | null) => ReturnType<RestContext['fireEvent']>
  log: PortalLog
  onRequest: () => void
}

interface Call {
  userId: number | null
  frameId?: string | null
  startedAt: number
  inBatch: boolean
}

/** REST of one portal: faults first, then the user's own methods, then the portal's. */
export function createRestService(deps: RestDeps): RestService {
  const sizes = new WeakMap<RestRequest, number>()
  let requests: RestRequest[] = []
  let keptSize = 0
  let count = 0

  function keep(request: RestRequest, size: number): void {
    sizes.set(request, size)
    keptSize += size
    let over = Math.max(0, requests.push(request) - KEPT_REQUESTS)
    for (let at = 0; at < requests.length - 1 && (at < over || keptSize > MAX_KEPT_SIZE); at++) {
      keptSize -= sizes.get(requests[at]!) ?? 0
      over = Math.max(over, at + 1)
    }
    if (over > 0) requests = requests.slice(over)
  }

  /** The call in the log, where it stands from its beginning. */
  function begin(method: string, params: RestParams, { userId, frameId = null, inBatch }: Omit<Call, 'startedAt'>): OpenEntry {
    return deps.log.begin({ source: 'rest', direction: 'in', title: method, userId, frameId, details: { params, inBatch } })
  }

  function record(method: string, params: RestParams, outcome: Outcome, call: Call, entry: OpenEntry): void {
    const shown = maskWithin(params, MAX_PARAMS_SIZE)
    const request: RestRequest = {
      id: ++count,
      time: call.startedAt,
      method: maskText(method),
      params: shown.value as RestParams,
      userId: call.userId,
      status: outcome.ok ? 200 : outcome.status,
      error: outcome.ok ? null : outcome.error,
      durationMs: Date.now() - call.startedAt,
      inBatch: call.inBatch,
    }
    keep(request, shown.size)
    entry.end({
      level: outcome.ok ? 'info' : 'warn',
      status: request.status,
      durationMs: request.durationMs,
      details: { params, ...(outcome.ok ? { result: outcome.result } : { error: outcome.error, description: outcome.description }), inBatch: call.inBatch },
    })
    deps.onRequest()
  }

  function refusal(method: string): RestError | null {
    const failing = deps.faults.settingsOf('fail-method')
    if (failing && (failing.method === '*' || failing.method.toLowerCase() === method)) {
      deps.faults.take('fail-method')
      return new RestError(failing.error, 'The fault fail-method is on in the dev portal', failing.status)
    }
    const needed = scopeOf(method)
    const taken = deps.faults.settingsOf('refuse-scope')?.scope
    if (needed !== null && (needed === taken || !deps.scope.includes(needed))) {
      return new RestError('insufficient_scope', 'The request requires higher privileges than provided by the access token', 403)
    }
    return null
  }

  async function run(name: string, params: RestParams, caller: RestCaller): Promise<unknown> {
    const method = name.toLowerCase()
    const own = deps.own().get(method)
    const known = deps.methods.get(method)
    const error = own || known || method === 'batch' ? refusal(method) : null
    if (error) throw error
    deps.limits.assertTime(method)
    if (own) return own(params, { user: { ...caller.user }, fireEvent: (event, data) => deps.fireEvent(event, data ?? {}, caller.kind === 'application' ? caller.connector : null) })
    if (method === 'batch') return runBatch(params, caller, (name, inner, by) => execute(name, inner, by, true))
    if (known) return known(params, caller)
    deps.log.add({
      source: 'rest',
      direction: 'note',
      level: 'warn',
      title: `The dev portal has no method ${name}`,
      userId: caller.user.id,
      frameId: caller.frameId,
      details: { ...missingMethod(name, deps.restFile) },
    })
    throw new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404)
  }

  function finish(method: string, startedAt: number): TimeBlock {
    const name = method.toLowerCase()
    deps.limits.spend(name, (Date.now() - startedAt) / 1_000)
    return timeBlock(startedAt, deps.limits.operating(name))
  }

  async function execute(method: string, params: RestParams, caller: RestCaller, inBatch = false): Promise<Outcome> {
    const startedAt = Date.now()
    const call = { userId: caller.user.id, frameId: caller.frameId, startedAt, inBatch }
    const entry = begin(method, params, call)
    const delay = inBatch ? null : deps.faults.settingsOf('rest-delay')
    if (delay) await wait(delay.ms + Math.random() * delay.jitter, undefined, { ref: false })
    let outcome: Outcome
    try {
      const value = await entry.run(() => run(method, params, caller))
      const page = value instanceof RestPage ? value : new RestPage(value, {})
      outcome = {
        ok: true,
        result: page.result ?? null,
        ...(page.total === undefined ? {} : { total: page.total }),
        ...(page.next === undefined ? {} : { next: page.next }),
        time: finish(method, startedAt),
      }
    }
    catch (error) {
      outcome = error instanceof RestError
        ? refused(error)
        : { ok: false, status: 500, error: 'INTERNAL_SERVER_ERROR', description: `The method ${method} threw: ${error instanceof Error ? error.message : String(error)}` }
    }
    record(method, params, outcome, call, entry)
    return outcome
  }

  return {
    get requests() {
      return requests
    },
    execute,
    limit(source) {
      try {
        deps.limits.enter(source)
        return null
      }
      catch (error) {
        if (error instanceof RestError) return refused(error)
        throw error
      }
    },
    note(method, params, outcome) {
      const call = { userId: null, startedAt: Date.now(), inBatch: false }
      record(method, params, outcome, call, begin(method, params, call))
    },
  }
}

function refused({ status, code, message }: RestError): Outcome {
  return { ok: false, status, error: code, description: message }
}

/** Scopes that the portal checks, by the first word of the method. */
const SCOPED = new Set(['pull', 'crm', 'task', 'entity', 'im', 'placement'])

function scopeOf(method: string): string | null {
  // These have a scope of their own, which is not among those that an app is documented to get.
  if (method.startsWith('pull.channel.')) return 'pull_channel'
  const [first = ''] = method.split('.')
  if (first === 'user') return method.startsWith('user.option.') ? null : 'user'
  return SCOPED.has(first) ? first : null
}
