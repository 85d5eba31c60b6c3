import type { BoundEvent, FireEventAnswer } from '../types'
import type { PortalLog } from '../log/log'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import { toPhpForm } from './php-form'

const TIMEOUT_MS = 10_000

/** Events from the portal to the app's back end: the way by which a change in CRM reaches the app. */
export interface BackendEvents {
  readonly applicationToken: string
  readonly bound: readonly BoundEvent[]
  /** False when this very handler is bound already. */
  bind(event: BoundEvent): boolean
  /** @returns how many were unbound */
  unbind(event: string, handler: string): number
  /** Posts the event to every handler bound to it, and waits for their answers. */
  fire(event: string, data: Record<string, unknown>): Promise<FireEventAnswer>
}

export interface BackendEventDeps {
  app: URL
  /** Origin of the portal. */
  url: string
  memberId: string
  applicationToken: string
  scope: readonly string[]
  people: People
  tokens: Tokens
  log: PortalLog
  onChange: () => void
}

/** The events of one portal. Handlers on this machine or on the app's host only: a stand-in calls nobody else. */
export function createBackendEvents(deps: BackendEventDeps): BackendEvents {
  let bound: BoundEvent[] = []

  function authBlock(userId: number): Record<string, unknown> {
    const access = deps.tokens.issue(userId)
    const { host, origin } = new URL(deps.url)
    return {
      access_token: access.AUTH_ID,
      refresh_token: access.REFRESH_ID,
      expires: Math.floor(Date.now() / 1_000) + Number(access.AUTH_EXPIRES),
      expires_in: access.AUTH_EXPIRES,
      scope: deps.scope.join(','),
      domain: host,
      server_endpoint: `${origin}/rest/`,
      client_endpoint: `${origin}/rest/`,
      status: 'L',
      member_id: deps.memberId,
      user_id: userId,
      application_token: deps.applicationToken,
    }
  }

  async function deliver({ event, handler, userId }: BoundEvent, data: Record<string, unknown>): Promise<FireEventAnswer['deliveries'][number]> {
    if (!isNear(handler, deps.app)) {
      return { handler, status: null, error: `The dev portal calls handlers on this machine or on ${deps.app.hostname} only.` }
    }
    try {
      const response = await fetch(handler, {
        method: 'POST',
        body: toPhpForm({ event, event_handler_id: 1, data, ts: Math.floor(Date.now() / 1_000), auth: authBlock(userId) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.body?.cancel()
      return { handler, status: response.status, error: response.ok ? null : `The handler answered ${response.status}.` }
    }
    catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      return { handler, status: null, error: `The handler could not be reached: ${cause}` }
    }
  }

  return {
    applicationToken: deps.applicationToken,
    get bound() {
      return bound
    },
    bind(event) {
      if (bound.some(known => known.event === event.event && known.handler === event.handler)) return false
      bound = [...bound, event]
      deps.onChange()
      return true
    },
    unbind(event, handler) {
      const before = bound.length
      bound = bound.filter(known => known.event !== event || known.handler !== handler)
      deps.onChange()
      return before - bound.length
    },
    async fire(name, data) {
      const event = name.toUpperCase()
      const deliveries = await Promise.all(bound.filter(known => known.event === event).map(known => deliver(known, data)))
      const failed = deliveries.some(delivery => delivery.error !== null)
      deps.log.add({
        source: 'event',
        direction: 'out',
        level: failed || deliveries.length === 0 ? 'warn' : 'info',
        title: event,
        details: { data, deliveries, ...(deliveries.length === 0 ? { why: 'No handler is bound to it: the app calls event.bind first.' } : {}) },
      })
      return { deliveries }
    },
  }
}

function isNear(handler: string, app: URL): boolean {
  const { hostname, protocol } = new URL(handler)
  return /^https?:$/.test(protocol) && (hostname === app.hostname || ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}
