import type { Engine } from '../engine'
import type { PortalConnection, PortalState } from '../types'

const MAX_CONNECTIONS = 200

/** Everything the page shows, in one object. */
export function stateOf(engine: Engine): PortalState {
  const connections = connectionsOf(engine)
  return {
    url: engine.url,
    app: engine.options.app.href,
    users: engine.people.all.map(user => ({ ...user })),
    currentUserId: engine.people.current.id,
    frames: engine.frames.all.map(({ view }) => structuredClone(view)),
    connections: connections.slice(-MAX_CONNECTIONS),
    connectionCount: connections.length,
    faults: [...engine.faults.list],
    server: { ...engine.push.server() },
    placements: [{ placement: 'DEFAULT', title: engine.options.appName || 'App', options: {}, handler: null }, ...(engine.installation.isInstalled ? engine.placements.choices : [])],
    boundEvents: [...engine.events.bound],
    showsRawFrames: engine.push.tap.isOn,
    holdPoints: [...engine.holds.points],
    held: [...engine.holds.held],
    isRecording: engine.recorder.isOn,
    isInstalled: engine.installation.isInstalled,
    dialogs: [...engine.dialogs.all],
  }
}

/** Connections as others may see them. */
export function connectionsOf({ push, holders }: Engine): PortalConnection[] {
  return push.hub.connections
    .map(({ id, userId, transport, version, lastMessageId, connectedAt, isFrozen }) => ({ id, userId, transport, version, lastMessageId, connectedAt, isFrozen, frameIds: holders.of(id) }))
    .sort((a, b) => a.connectedAt - b.connectedAt)
}
