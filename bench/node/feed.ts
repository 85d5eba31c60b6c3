import type { B24Frame, TypePullClientConfig } from '@bitrix24/b24jssdk'

/** Modules over which subscriptions are spread. */
export const MODULES = 100

export const moduleName = (n: number): string => `module${n % MODULES}`
/** Commands of one module come one after the other: subscription `n` of `MODULES * k` has command `k` of its module. */
export const commandName = (n: number): string => `command.${Math.floor(n / MODULES)}`

/** Frames with ids of their own: more than anybody remembers, so that none is taken for a repeat when they come around. */
const RING = 4096

/** What the platform's back end sends, as the wire carries it. */
export interface Body {
  module_id: string
  command: string
  params: Record<string, unknown>
  extra: Record<string, unknown>
}

/** The same frames over and over, as a push server of version 5 sends them. */
export function frames(module: string, command: string): () => string {
  return around(n => frame(module, command, `${module}-${command}-${n}`))
}

/** The messages in such frames. */
export function bodies(module: string, command: string): () => Body {
  return around(() => ({ ...body(module, command), extra: { ...body(module, command).extra, sender: { type: 2 } } }))
}

export function frame(module: string, command: string, mid: string): string {
  return JSON.stringify({ jsonrpc: '2.0', method: 'incoming.message', id: 1, params: { mid, body: body(module, command), sender: { type: 2 } } })
}

function body(module: string, command: string): Body {
  return {
    module_id: module,
    command,
    params: { id: 42, title: 'Deal', stage: 'NEW', amount: 1000 },
    extra: { server_time: '2026-01-01T00:00:00+00:00', server_time_unix: 1_767_225_600, revision_web: 19 },
  }
}

function around<T>(make: (n: number) => T): () => T {
  const ring = Array.from({ length: RING }, (_, n) => make(n))
  let at = 0
  return () => ring[at++ % RING]!
}

export const clientParams = () => ({ b24: {} as B24Frame, restApplication: 'bench', userId: 1, configTimestamp: 1 })

export const config = (): TypePullClientConfig & { skipReconnectToLastSession: boolean } => ({
  server: { version: 5, websocket_enabled: true, websocket: 'ws://push', websocket_secure: 'wss://push', config_timestamp: 1, mode: 'personal', timeShift: 0 },
  api: { revision_web: 19 },
  channels: { private: { id: 'private', start: '2026-01-01T00:00:00+00:00', end: '2126-01-01T00:00:00+00:00' } },
  jwt: 'token',
  exp: 4_000_000_000,
  publicChannels: {},
  skipReconnectToLastSession: true,
}) as unknown as TypePullClientConfig & { skipReconnectToLastSession: boolean }
