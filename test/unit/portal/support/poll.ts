import type { PullConfig } from './client'

/** One long poll, as the SDK sends it. */
export async function poll(config: PullConfig, mid?: string, signal?: AbortSignal): Promise<{ status: number, text: string, bytes: Uint8Array, headers: Headers }> {
  const params = new URLSearchParams({
    ...(config.jwt ? { token: config.jwt } : { CHANNEL_ID: `${config.channels.private.id}/${config.channels.shared.id}` }),
    ...(config.clientId ? { clientId: config.clientId } : {}),
    ...(mid ? { mid } : {}),
  })
  const response = await fetch(`${config.server.long_polling}?${params}`, { headers: { origin: 'http://localhost:3000' }, ...(signal ? { signal } : {}) })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, text: new TextDecoder().decode(bytes), bytes, headers: response.headers }
}
