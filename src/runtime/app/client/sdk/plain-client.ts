import type * as Sdk from '@bitrix24/b24jssdk'
import type { SdkClientEvents, PullSdk, SdkPullClient } from './pull-client'

/** What a plain client does where the SDK at hand lacks the member: less, but nothing that fails. */
const fallbacks = () => ({
  session: { mid: null, tag: null, time: null },
  getConfig: () => null,
  isConfigActual: () => false,
  getServerVersion: () => 0,
  setLastMessageId() {},
}) satisfies Partial<SdkPullClient>

/** A plain client for an SDK that has changed inside: hears the named modules only, and connects again by the SDK's own rules. */
export function createPlainClient(
  sdk: PullSdk,
  params: Sdk.TypePullClientParams,
  modules: readonly string[],
  events: Pick<SdkClientEvents, 'onMessage' | 'onOnline' | 'onOver'>,
): SdkPullClient {
  const client = new sdk.B24PullClientManager(params) as unknown as SdkPullClient
  for (const [name, value] of Object.entries(fallbacks())) {
    if (!(name in client)) Object.assign(client, { [name]: value })
  }
  client.goOnFrom = place => place?.lastId && client.setLastMessageId(place.lastId)
  client.markSession = () => {}
  client.abandon = () => client.disconnect(1000, '')
  for (const moduleId of modules) {
    client.subscribe({ moduleId, callback: message => void events.onMessage({ module_id: moduleId, ...message }, null) })
  }
  client.subscribe({
    type: 'status',
    callback: ({ status }) => {
      if (status === 'online') events.onOnline()
      else if (status === 'offline') events.onOver(null)
    },
  })
  return client
}
