import type { BackendEvents } from '../../events/backend-events'
import { bindableEvents, EVENT_SCOPES, eventsOf, scopesOfEvent } from '../../events/known-events'
import type { PortalLog } from '../../log/log'
import { asNumber, asRecord, asText } from '../../untrusted'
import { assertHandlerAddress } from '../handler-address'
import { param } from '../params'
import type { RestCaller, RestMethod, RestParams } from '../types'
import { RestError } from '../types'
import { assertApplication } from './access'
import { readBoundUser, readEventParams, readUnboundUser } from './event-params'

export interface EventDeps {
  events: BackendEvents
  /** Granted to the app. */
  scope: readonly string[]
  appHost: string
  log: PortalLog
}

/** `event.bind`, `event.unbind`, `event.get`, `events`, `feature.get`. */
export function eventMethods({ events, scope, appHost, log }: EventDeps): [string, RestMethod][] {
  /** Refuses what the platform does not have, or not for this app, and tells why: its answer is the same for both. */
  function assertKnown(event: string, { user, frameId }: RestCaller): void {
    const scopes = scopesOfEvent(event)
    if (scopes?.length === 0 || scopes?.some(one => scope.includes(one))) return
    log.add({
      source: 'rest',
      direction: 'note',
      level: 'warn',
      title: `event.bind refused ${event}`,
      userId: user.id,
      frameId,
      details: scopes === null
        ? { why: 'Bitrix24 has no event of this name.', fix: 'Compare it with the answer of the REST method events.' }
        : { why: `It belongs to the scope ${scopes.join(' or ')}, which the app does not have.`, fix: 'Add the scope to the option `scope` of the portal, and to the app in Bitrix24.' },
    })
    throw new RestError('ERROR_EVENT_NOT_FOUND', 'Event not found')
  }

  return [
    ['event.bind', (params, caller) => {
      const userId = readBoundUser(params, caller)
      const binding = readEventParams(params, caller, 'binding')
      if (!binding.isOffline) assertHandlerAddress(binding.handler, appHost)
      assertKnown(binding.event, caller)
      if (binding.isOffline && binding.event === 'ONOFFLINEEVENT') throw new RestError('ERROR_ARGUMENT', 'Offline event cannot be registered for this event.')
      const timeout = asNumber(asRecord(param(params, 'options'))?.minTimeout)
      const isNew = events.bind({ ...binding, authType: binding.isOffline ? 0 : userId, minTimeoutMs: timeout >= 0 ? timeout * 1_000 : 1_000 })
      if (!isNew) throw new RestError('ERROR_CORE', 'Unable to set event handler: Handler already binded')
      return true
    }],
    ['event.unbind', (params, caller) => {
      assertApplication(caller)
      const { event, isOffline, handler, connector } = readEventParams(params, caller, 'unbinding')
      const userId = isOffline ? null : readUnboundUser(params, caller)
      return { count: events.unbind(known => known.event === event
        && known.isOffline === isOffline
        && known.handler === handler
        && (isOffline ? known.connector === connector : userId === null || known.authType === userId)) }
    }],
    ['event.get', (_params, caller) => {
      assertApplication(caller)
      return events.bindings
        .filter(({ authType }) => caller.user.isAdmin || authType === caller.user.id)
        .map(({ event, handler, authType, isOffline, connector }) => isOffline
          ? { event, connector_id: connector, offline: 1 }
          : { event, handler, auth_type: String(authType), offline: 0 })
    }],
    ['events', (params, caller) => {
      assertApplication(caller)
      return namesFor(params, scope)
    }],
    ['feature.get', params => ({ value: asText(param(params, 'CODE')) === 'rest_offline_extended' ? 'Y' : 'N' })],
  ]
}

/** `SCOPE` limits them to one, where an empty one has those of every app; `FULL` has all, whatever the app's scopes are. */
function namesFor(params: RestParams, scope: readonly string[]): string[] {
  const one = param(params, 'SCOPE')
  if (one !== undefined && one !== null) return one === '' ? bindableEvents([]) : eventsOf([asText(one) ?? ''])
  const isFull = Boolean(param(params, 'FULL')) && param(params, 'FULL') !== '0'
  return bindableEvents(isFull ? EVENT_SCOPES : scope)
}
