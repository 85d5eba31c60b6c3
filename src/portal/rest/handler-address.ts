import { RestError } from './types'

/** Names that lead to this machine; the platform refuses them, but here is where the app lives. */
const NEAR = ['localhost', '[::1]']

/**
 * Refuses an address that the platform does not take for a handler (its `HandlerHelper::checkCallback`): one without a host that has a dot,
 * or of another protocol.
 *
 * @param handler the address as it was given
 * @param appHost host of the app, which needs no dot here
 */
export function assertHandlerAddress(handler: string, appHost: string): void {
  const { hostname = '', protocol = '' } = URL.parse(handler) ?? {}
  const isHost = hostname.indexOf('.') > 0 || NEAR.includes(hostname) || (hostname !== '' && hostname === appHost)
  if (!isHost) throw new RestError('ERROR_WRONG_HANDLER_URL', 'Wrong handler URL')
  if (protocol !== 'http:' && protocol !== 'https:') throw new RestError('ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol')
}
