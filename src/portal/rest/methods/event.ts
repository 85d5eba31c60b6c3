import type { BackendEvents, EventBinding } from '../../events/backend-events'
import { param } from '../params'
import { asNumber, asRecord, asText } from '../../untrusted'
import type { RestCaller, RestMethod, RestParams } from '../types'
import { RestError } from '../types'
import { assertAdmin, assertApplication } from './access'

/** `event.bind`, `event.unbind`, `event.get`, `events`, `feature.get`. */
export function eventMethods(events: BackendEvents): [string, RestMethod][] {
  return [
    ['event.bind', (params, caller) => {
      const { authType, ...binding } = readBinding(params, caller, 'binding')
      if (!binding.isOffline && !isAddress(binding.handler)) throw new RestError('ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported event handler protocol')
      const timeout = asNumber(asRecord(param(params, 'options'))?.minTimeout)
      const isNew = events.bind({ ...binding, authType: authType ?? 0, minTimeoutMs: timeout >= 0 ? timeout * 1_000 : 1_000 })
      if (!isNew) throw new RestError('ERROR_CORE', 'Unable to set event handler: Handler already binded')
      return true
    }],
    ['event.unbind', (params, caller) => {
      const { event, handler, authType, isOffline } = readBinding(params, caller, 'unbinding')
      return { count: events.unbind(known => known.event === event
        && known.isOffline === isOffline
        && (handler === '' || known.handler === handler)
        && (authType === null || known.authType === authType)) }
    }],
    ['event.get', () => events.bindings.map(({ event, handler, authType, isOffline, connector }) => isOffline
      ? { event, connector_id: connector, auth_type: String(authType), offline: 1 }
      : { event, handler, auth_type: String(authType), offline: 0 })],
    ['events', () => [...new Set(['ONAPPINSTALL', 'ONAPPUNINSTALL', 'ONAPPUPDATE', 'ONCRMDEALADD', 'ONCRMDEALUPDATE', 'ONCRMDEALDELETE', 'ONOFFLINEEVENT', ...events.bindings.map(({ event }) => event)])]],
    ['feature.get', params => ({ value: asText(param(params, 'CODE')) === 'rest_offline_extended' ? 'Y' : 'N' })],
  ]
}

type Read = Pick<EventBinding, 'event' | 'handler' | 'isOffline' | 'connector'> & { authType: number | null }

function readBinding(params: RestParams, caller: RestCaller, doing: 'binding' | 'unbinding'): Read {
  assertApplication(caller)
  const event = asText(param(params, 'event'))?.toUpperCase()
  if (!event) throw new RestError('ERROR_ARGUMENT', 'Argument \'event\' is null or empty')
  if (!/^\w{1,200}$/.test(event)) throw new RestError('ERROR_EVENT_NOT_FOUND', 'Event not found')
  const isOffline = asText(param(params, 'event_type')) === 'offline'
  const Doing = `Event${isOffline ? 's' : ''} ${doing}`
  if (isOffline) assertAdmin(caller, `Access denied! Offline ${Doing.toLowerCase()} requires administrator access rights`)
  const given = asText(param(params, 'auth_type'))
  const authType = given === null ? null : Number(given) || 0
  if (authType && authType !== caller.user.id) assertAdmin(caller, `Access denied! ${Doing} with AUTH_TYPE requires administrator access rights`)
  return { event, isOffline, authType, handler: isOffline ? '' : asText(param(params, 'handler')) ?? '', connector: asText(param(params, 'auth_connector')) ?? '' }
}

function isAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
