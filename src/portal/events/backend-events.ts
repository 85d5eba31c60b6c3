import type { BoundEvent, FireEventAnswer } from '../types'
import type { PortalLog } from '../log/log'
import type { PortalAuthorization } from '../people/authorization'
import type { People } from '../people/people'
import type { OfflineQueue } from './offline-queue'
import { toPhpForm } from './php-form'

const TIMEOUT_MS = 10_000

/** Tells a back end that its queue of offline events has grown. */
const OFFLINE_EVENT = 'ONOFFLINEEVENT'

/**
 * Events that bring a refresh token: those of the app's life, of bots and of calendars. All others bring an access token only, which
 * ends with its hour.
 */
const RENEWABLE = /^ON(?:APPINSTALL|APPUPDATE|APPTEST|SUBSCRIPTIONRENEW|OFFLINEEVENT|IMBOT\w+|IMCOMMANDADD|CALENDAR\w+)$/

/** A handler, or a place in the queue, bound with `event.bind`. */
export interface EventBinding {
  event: string
  /** Empty for an offline one. */
  handler: string
  /** In whose name the handler is called; 0 = of whoever caused the event. */
  authType: number
  isOffline: boolean
  /** Source key of an offline one. */
  connector: string
  /** Between two `ONOFFLINEEVENT`, in ms. */
  minTimeoutMs: number
}

/** Events from the portal to the app's back end: the way by which a change in CRM reaches the app. */
export interface BackendEvents {
  readonly applicationToken: string
  readonly bindings: readonly EventBinding[]
  /** As others may see them. */
  readonly bound: readonly BoundEvent[]
  /** False when this very handler is bound already. */
  bind: (binding: EventBinding) => boolean
  /** @returns how many were unbound */
  unbind: (isMeant: (binding: EventBinding) => boolean) => number
  /**
   * Posts the event once to every handler bound to it, and waits for their answers; offline ones get it in their queue.
   *
   * `by`: source key of the app's request that makes the change; null = somebody else makes it. As on the platform (its
   * `Event\ProviderOffline`), a queue of this key is spared what its own reader has done, and no key is a key, too.
   */
  fire: (event: string, data: Record<string, unknown>, by?: string | null) => Promise<FireEventAnswer>
}

export interface BackendEventDeps {
  app: URL
  applicationToken: string
  /** Gets `ONAPPINSTALL` though nobody bound it: the callback in the app's card. */
  installCallback: string | null
  isInstalled: () => boolean
  authorize: (userId: number) => PortalAuthorization
  people: People
  queue: OfflineQueue
  log: PortalLog
  onChange: () => void
}

/** The events of one portal. Handlers on this machine or on the app's host only: a stand-in calls nobody else. */
export function createBackendEvents(deps: BackendEventDeps): BackendEvents {
  let bindings: EventBinding[] = []
  const toldAt = new WeakMap<EventBinding, number>()

  async function deliver(event: string, { handler, authType }: Pick<EventBinding, 'handler' | 'authType'>, data: unknown): Promise<FireEventAnswer['deliveries'][number]> {
    if (!isNear(handler, deps.app)) {
      return { handler, status: null, error: `The dev portal calls handlers on this machine or on ${deps.app.hostname} only.` }
    }
    const userId = deps.people.has(authType) ? authType : deps.people.current.id
    const { refresh_token, ...auth } = deps.authorize(userId)
    try {
      const response = await fetch(handler, {
        method: 'POST',
        body: toPhpForm({ event, event_handler_id: 1, data, ts: Math.floor(Date.now() / 1_000), auth: RENEWABLE.test(event) ? { ...auth, refresh_token } : auth }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.body?.cancel()
      return { handler, status: response.status, error: response.ok ? null : `The handler answered ${response.status}; an online event is sent once, so it is lost.` }
    }
    catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      return { handler, status: null, error: `The handler could not be reached, and an online event is sent once: ${cause}` }
    }
  }

  /** Tells those who want to hear that the queue has grown, not more often than they asked. */
  function tellOfQueue(): void {
    for (const binding of bindings) {
      if (binding.event !== OFFLINE_EVENT || binding.isOffline) continue
      const now = Date.now()
      const last = toldAt.get(binding)
      if (last !== undefined && now >= last && now - last < binding.minTimeoutMs) continue
      toldAt.set(binding, now)
      void deliver(OFFLINE_EVENT, binding, []).then((delivery) => {
        deps.log.add({ source: 'event', direction: 'out', level: delivery.error === null ? 'info' : 'warn', title: OFFLINE_EVENT, details: { deliveries: [delivery] } })
      })
    }
  }

  function withhold(event: string, data: Record<string, unknown>): FireEventAnswer {
    deps.log.add({
      source: 'event',
      direction: 'note',
      level: 'warn',
      title: `${event} withheld: the app is not installed yet`,
      details: { data, why: 'No event reaches an app before installFinish().', fix: 'Let the install page call installFinish(), or start the portal without `install`.' },
    })
    return { deliveries: [], isWithheld: true, queued: 0 }
  }

  return {
    applicationToken: deps.applicationToken,
    get bindings() {
      return bindings
    },
    get bound() {
      return bindings.map(({ event, handler, authType, isOffline }) => ({ event, handler, userId: authType, isOffline }))
    },
    bind(binding) {
      const isSame = (known: EventBinding) => known.event === binding.event && known.handler === binding.handler
        && known.isOffline === binding.isOffline && known.connector === binding.connector && known.authType === binding.authType
      if (bindings.some(isSame)) return false
      bindings = [...bindings, binding]
      deps.onChange()
      return true
    },
    unbind(isMeant) {
      const before = bindings.length
      bindings = bindings.filter(known => !isMeant(known))
      deps.onChange()
      return before - bindings.length
    },
    async fire(name, data, by = null) {
      const event = name.toUpperCase()
      if (!deps.isInstalled()) return withhold(event, data)
      const wanted = bindings.filter(known => known.event === event)
      const online = wanted.filter(({ isOffline }) => !isOffline)
      const offline = wanted.filter(({ isOffline }) => isOffline)
      const queues = offline.filter(({ connector }) => connector !== by)
      for (const { connector } of queues) deps.queue.add(connector, event, data, false)
      if (queues.length > 0) tellOfQueue()
      const callback = event === 'ONAPPINSTALL' && deps.installCallback !== null ? [{ handler: deps.installCallback, authType: 0 }] : []
      const deliveries = await Promise.all([...callback, ...online].map(known => deliver(event, known, data)))
      const isUnheard = deliveries.length + offline.length === 0
      // Apps without a back end have nobody to tell of their installation.
      const isLost = isUnheard && event !== 'ONAPPINSTALL'
      const failed = deliveries.some(delivery => delivery.error !== null)
      deps.log.add({
        source: 'event',
        direction: 'out',
        level: failed || isLost ? 'warn' : 'info',
        title: event,
        details: { data, deliveries, queued: queues.length, ...(queues.length < offline.length ? { skipped: 'Not queued where the app itself made the change with the source key (`auth_connector`) of the binding.' } : {}), ...(isUnheard ? { why: isLost ? 'No handler is bound to it: the app calls event.bind first.' : 'Nobody waits for it: no handler is bound, and `installCallback` is not set.' } : {}) },
      })
      return { deliveries, isWithheld: false, queued: queues.length }
    },
  }
}

function isNear(handler: string, app: URL): boolean {
  const { hostname, protocol } = new URL(handler)
  return /^https?:$/.test(protocol) && (hostname === app.hostname || ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}
