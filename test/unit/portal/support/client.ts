import type { BridgeAnswer, ControlFailure, PortalState } from '../../../../src/portal/types'
import type { Portal } from '../../../../src/portal'

/** What `pull.application.config.get` answers, as far as the tests look. */
export interface PullConfig {
  server: { version: number, mode: string, websocket_enabled: boolean, websocket: string, websocket_secure: string, long_polling: string, publish: string, config_timestamp: number }
  channels: { private: { id: string, public_id: string }, shared: { id: string } }
  publicChannels: Record<string, { public_id: string, signature: string }>
  jwt?: string
  clientId?: string
}

export interface RestAnswer {
  status: number
  headers: Headers
  result: unknown
  error?: string
  error_description?: string
  total?: number
  next?: number
  time?: Record<string, unknown>
}

/** Calls REST as the SDK does. */
export async function rest(portal: Portal, token: string, method: string, params: object = {}): Promise<RestAnswer> {
  const response = await fetch(`${portal.url}/rest/${method}.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...params, auth: token }),
  })
  return { status: response.status, headers: response.headers, ...await response.json() as Omit<RestAnswer, 'status' | 'headers'> }
}

/** A fresh access token of a user, got as an app gets it: from the form that opens its frame. */
export function tokenOf(portal: Portal, userId = 1): string {
  return portal.openFrame({ userId }).fields.AUTH_ID ?? ''
}

export async function pullConfig(portal: Portal, userId = 1): Promise<PullConfig> {
  const { result } = await rest(portal, tokenOf(portal, userId), 'pull.application.config.get')
  return result as PullConfig
}

/** Posts to the control API as the portal's page does. */
export async function control<T>(portal: Portal, path: string, body: object): Promise<{ status: number, body: T & ControlFailure }> {
  const response = await fetch(`${portal.url}/_portal/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'origin': portal.url, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() as T & ControlFailure }
}

export async function state(portal: Portal): Promise<PortalState> {
  return await (await fetch(`${portal.url}/_portal/state`)).json() as PortalState
}

/** Sends a command over the bridge; answers what the frame would get, parsed: null for no answer, undefined for an empty one. */
export async function bridge(portal: Portal, frameId: string, command: string, params?: unknown): Promise<unknown> {
  const frame = portal.frames.find(({ id }) => id === frameId)
  const appSid = frame?.name.split('|')[2]
  const data = [command, ...(params === undefined ? [] : [JSON.stringify(params)]), 'key-1', appSid].join(':')
  const { body } = await control<BridgeAnswer>(portal, 'bridge', { frameId, data })
  if (body.answer === null) return null
  const [, ...rest] = body.answer.split(':')
  const json = rest.join(':')
  return json === '' ? undefined : JSON.parse(json)
}
