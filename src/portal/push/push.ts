import type { ServerSettings } from '../types'
import type { FaultBoard } from '../faults/faults'
import type { Holders } from '../frames/holders'
import type { PortalLog } from '../log/log'
import type { People } from '../people/people'
import type { Channels } from './channels'
import { createChannels } from './channels'
import { createClientData } from './client-data'
import type { Door } from './door'
import { createDoor } from './door'
import type { FrameCache } from './frame-cache'
import { createFrameCache } from './frame-cache'
import { createHistory } from './history'
import type { Hub } from './hub'
import { whyTooLarge } from './event-size'
import { createHub } from './hub'
import { createMessageIds } from './message-id'
import type { Presence } from './presence'
import { createPresence } from './presence'
import type { Tap } from './tap'
import { createTap } from './tap'
import type { PushConnection } from './types'
import { CLOSE } from './types'

/** The push server of one portal, without its transports. */
export interface Push {
  readonly hub: Hub
  readonly channels: Channels
  readonly presence: Presence
  readonly door: Door
  readonly frames: FrameCache
  readonly tap: Tap
  server: () => ServerSettings
  /** Unix seconds; grows with every change of the config. */
  configTimestamp: () => number
  setServer: (change: Partial<ServerSettings>) => void
  /** Another version of the server takes over, behind the same channels. */
  replace: (version: ServerSettings['version']) => void
  onClientData: (connection: PushConnection, data: string | Uint8Array) => void
  onOpened: (connection: PushConnection, mid: string | null) => void
  onClosed: (connection: PushConnection, code: number) => void
  onRefused: (reason: string) => void
  /** An id that is older than every message to come. */
  cursor: () => string
  /** How long a poll waits, in ms. */
  readonly pollTimeout: number
  dispose: () => void
}

export interface PushDeps {
  server: ServerSettings
  pingInterval: number
  pollTimeout: number
  people: People
  faults: Pick<FaultBoard, 'take' | 'settingsOf'>
  log: PortalLog
  /** Who connects and goes, for whoever wants to know whose connection it is. */
  holders: Pick<Holders, 'opened' | 'closed'>
  onChange: () => void
}

/** Puts channels, history, hub and presence together. */
export function createPush({ server: initial, pingInterval, pollTimeout, people, faults, log, holders, onChange }: PushDeps): Push {
  let server = { ...initial }
  let configTimestamp = Math.floor(Date.now() / 1_000)
  const nextId = createMessageIds()
  const channels = createChannels()
  const history = createHistory(server.history)
  const presence: Presence = createPresence({ hub: () => hub, isSubscribed: () => server.version >= 5 })
  const hub: Hub = createHub({
    history,
    nextId,
    faults,
    onConnections: (userId, count) => people.setConnections(userId, count),
    onSent(message, key, receivers) {
      log.add({
        source: 'push',
        direction: 'out',
        title: `${message.body.module_id}:${message.body.command}`,
        userId: key === 'shared' ? null : Number(key.slice('user:'.length)),
        details: { id: message.id, params: message.body.params, extra: message.body.extra, channel: key === 'shared' ? 'shared' : 'private', receivers },
      })
    },
    whyTooLarge: json => whyTooLarge(json, server.version),
    onDropped(message, key, why) {
      log.add({
        source: 'push',
        direction: 'note',
        level: 'warn',
        title: `${message.body.module_id}:${message.body.command} dropped: too large`,
        userId: key === 'shared' ? null : Number(key.slice('user:'.length)),
        details: { why, fix: 'Send an id, and let the receivers fetch the rest.' },
      })
    },
  })
  const clientData = createClientData({ hub, channels, people, presence, log })

  const pings = setInterval(() => {
    if (faults.settingsOf('stop-pings')) return
    for (const connection of hub.connections) {
      // Older generations would take it for a broken message; a poll is its own sign of life.
      if (connection.version >= 5 && connection.transport === 'websocket') connection.sendRaw('ping')
    }
  }, pingInterval)
  pings.unref()

  return {
    hub,
    channels,
    presence,
    door: createDoor({ channels, faults, server: () => server }),
    frames: createFrameCache(),
    tap: createTap(log),
    server: () => server,
    configTimestamp: () => configTimestamp,
    setServer(change) {
      server = { ...server, ...change }
      history.setLength(server.history)
      configTimestamp = Math.max(configTimestamp + 1, Math.floor(Date.now() / 1_000))
      channels.renewAll()
      log.add({ source: 'portal', direction: 'note', title: `Push server: version ${server.version}, ${server.transport}, ${server.mode}`, details: server })
      hub.closeAll(CLOSE.configReplaced, 'config replaced')
    },
    replace(version) {
      server = { ...server, version }
      configTimestamp = Math.max(configTimestamp + 1, Math.floor(Date.now() / 1_000))
      hub.closeAll(CLOSE.configReplaced, 'server replaced')
      onChange()
    },
    cursor: nextId,
    pollTimeout,
    onClientData: clientData,
    onOpened(connection, mid) {
      holders.opened(connection, connection.frameId)
      log.add({ source: 'push', direction: 'in', title: `Connected over ${connection.transport}`, userId: connection.userId, connectionId: connection.id, details: { version: connection.version, mid } })
      onChange()
    },
    onClosed(connection, code) {
      presence.forget(connection.id)
      holders.closed(connection.id)
      log.add({ source: 'push', direction: 'in', title: `Disconnected (${code})`, userId: connection.userId, connectionId: connection.id, details: { code } })
      onChange()
    },
    onRefused(reason) {
      log.add({ source: 'push', direction: 'in', level: 'warn', title: 'Connection refused', details: { reason } })
    },
    dispose() {
      clearInterval(pings)
      hub.dispose()
    },
  }
}
