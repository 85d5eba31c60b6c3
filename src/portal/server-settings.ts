/** Generation of the push server: 5 speaks JSON-RPC, 4 protobuf, 3 text frames. */
export type ServerVersion = 5 | 4 | 3

/** How pages reach the push server. `long-polling` is `websocket_enabled: false` in the platform's words. */
export type Transport = 'websocket' | 'long-polling'

/** `personal` is a push server of the portal's own, `shared` a cloud one that wants a `clientId`. */
export type ServerMode = 'personal' | 'shared'

/** What kind of push server the portal plays. */
export interface ServerSettings {
  version: ServerVersion
  transport: Transport
  mode: ServerMode
  /** Messages kept per channel for those who come back with a `mid`. */
  history: number
}
