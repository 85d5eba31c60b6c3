import { maskSecrets } from '../../../utils/mask-secrets'
import { presenceUnavailable } from '../problems'
import type { SdkPullClient } from './pull-client'

/** Client calls of a push server of version 5. */
export type ServerMethod = 'getUsersLastSeen' | 'subscribeStatusChange' | 'unsubscribeStatusChange'

/**
 * Makes a call of the push server itself, which answers over the socket or not within 5 s.
 *
 * The SDK's own methods for these calls answer with nothing, never settle before the start, and leave rejections
 * unhandled when they subscribe anew: its adapter for JSON-RPC underneath does neither.
 *
 * @throws PullError `PRESENCE_UNAVAILABLE`
 */
export async function callServer(client: SdkPullClient | null, method: ServerMethod, params: object): Promise<unknown> {
  if (!client?.connector?.connected) throw presenceUnavailable('There is no connection at the moment; it is asked again when there is.')
  const version = client.getServerVersion()
  if (version < 5) throw presenceUnavailable(`It is of version ${version}; presence can be asked for from version 5 on.`)
  if (!('socket' in client.connector)) throw presenceUnavailable('The app is connected by long polling, over which there are no calls; presence needs a WebSocket.')
  const adapter = client._jsonRpcAdapter
  if (typeof adapter?.executeOutgoingRpcCommand !== 'function') throw presenceUnavailable('This version of @bitrix24/b24jssdk has changed inside: its adapter for JSON-RPC was not found.')
  try {
    return await adapter.executeOutgoingRpcCommand(method, params)
  }
  catch (error) {
    const { message } = (error ?? {}) as { message?: unknown }
    throw presenceUnavailable(`Its answer to ${method} was: ${typeof message === 'string' ? maskSecrets(message) : 'none'}.`)
  }
}
