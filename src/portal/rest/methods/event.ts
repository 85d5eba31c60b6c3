import type { BackendEvents } from '../../events/backend-events'
import { asText, param } from '../params'
import type { RestMethod, RestParams } from '../types'
import { RestError } from '../types'

/** `event.bind`, `event.get`, `event.unbind`, `events`. */
export function eventMethods(events: BackendEvents): [string, RestMethod][] {
  return [
    ['event.bind', (params, { user }) => {
      const { event, handler } = readBinding(params)
      if (!events.bind({ event, handler, userId: Number(param(params, 'auth_type') ?? user.id) || user.id })) {
        throw new RestError('ERROR_EVENT_BINDING_EXISTS', 'Handler already binded')
      }
      return true
    }],
    ['event.unbind', (params) => {
      const { event, handler } = readBinding(params)
      return { count: events.unbind(event, handler) }
    }],
    ['event.get', () => events.bound.map(({ event, handler, userId }) => ({ event, handler, auth_type: String(userId), offline: 0 }))],
  ]
}

function readBinding(params: RestParams): { event: string, handler: string } {
  const event = asText(param(params, 'event'))?.toUpperCase()
  const handler = asText(param(params, 'handler'))
  if (!event || !/^[A-Z0-9_]+$/.test(event)) throw new RestError('ERROR_EVENT_NOT_FOUND', 'Event not found')
  if (!handler || !/^https?:$/.test(URL.parse(handler)?.protocol ?? '')) throw new RestError('ERROR_UNSUPPORTED_PROTOCOL', 'The handler must be an http or https address')
  return { event, handler }
}
