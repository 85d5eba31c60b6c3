import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Peer } from 'crossws'
import nodeAdapter from 'crossws/adapters/node'
import type { ServerSettings } from '../types'
import type { Guard } from '../security/guard'
import { randomHex } from '../security/random'
import type { Identity } from './channels'
import type { Door } from './door'
import { PUSH_PATHS } from './door'
import type { FrameCache } from './frame-cache'
import { freezable } from './freezable'
import type { Hub } from './hub'
import type { Tap } from './tap'
import type { PushConnection } from './types'
import { CLOSE } from './types'

const MAX_FRAME_BYTES = 1_000_000

/** What waits for a client that does not read, in bytes; beyond that it is cut off, and comes back for the rest. */
const MAX_WAITING_BYTES = 32_000_000

export interface WebSocketDeps {
  door: Door
  hub: Hub
  guard: Guard
  frames: FrameCache
  tap: Tap
  server: () => ServerSettings
  /** What a client says; bytes in generation 4. */
  onClientData: (connection: PushConnection, data: string | Uint8Array) => void
  onClosed: (connection: PushConnection, code: number) => void
  onOpened: (connection: PushConnection, mid: string | null) => void
  onRefused: (reason: string) => void
}

export interface WebSocketTransport {
  /** Listener for the HTTP server's `upgrade` event. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  dispose: () => Promise<void>
}

/** WebSockets over crossws: decides at the door, then only carries frames between sockets and hub. */
export function createWebSocketTransport(deps: WebSocketDeps): WebSocketTransport {
  const open = new WeakMap<Peer, PushConnection>()
  const swallowed = new Set<Duplex>()

  function refuse(status: number, reason: string): Response {
    deps.onRefused(reason)
    return new Response(reason, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }

  const adapter = nodeAdapter({
    // Without this, crossws parses the address itself and a malformed one surfaces as an error.
    getNamespace: () => 'push',
    serverOptions: { maxPayload: MAX_FRAME_BYTES },
    hooks: {
      upgrade(request) {
        const url = URL.parse(request.url)
        const refusal = deps.guard.refusal(request.headers)
        if (refusal !== null) return refuse(403, refusal)
        if (url?.pathname !== PUSH_PATHS.websocket) return refuse(404, `The push server listens at ${PUSH_PATHS.websocket} only.`)
        if (deps.server().transport !== 'websocket') return refuse(403, 'WebSocket is switched off: the config says websocket_enabled false.')
        const entry = deps.door.enter(url)
        if (entry.kind === 'refused') return refuse(entry.status, entry.reason)
        return { context: { entry } }
      },
      open(peer) {
        const entry = peer.context.entry as ReturnType<Door['enter']>
        if (entry.kind !== 'welcome') {
          deps.onRefused('Wrong channel id: closed with 4010.')
          peer.close(CLOSE.wrongChannel, 'wrong channel id')
          return
        }
        const { version } = deps.server()
        const connection = connectionOf(peer, entry, version, deps)
        open.set(peer, connection)
        deps.hub.join(connection, entry.mid)
        deps.onOpened(connection, entry.mid)
      },
      message(peer, message) {
        const connection = open.get(peer)
        if (!connection) return
        // `data` is always bytes here (crossws 0.4.17); only `rawData` tells text from binary.
        const data = typeof message.rawData === 'string' ? message.rawData : message.uint8Array()
        deps.tap.saw(connection, 'in', data)
        // A page that stands still says nothing; what this one does not know is not answered.
        if (connection.isFrozen) return
        deps.onClientData(connection, data)
      },
      close(peer, { code }) {
        const connection = open.get(peer)
        if (!connection) return
        open.delete(peer)
        deps.hub.leave(connection)
        deps.onClosed(connection, code ?? 1006)
      },
      // A frame against the protocol: ws closes the socket itself, and `close` follows.
      error() {},
    },
  })

  return {
    handleUpgrade(request, socket, head) {
      // Until ws takes over nobody listens for errors of this socket, and one would end the process.
      socket.on('error', () => socket.destroy())
      if (deps.door.swallows()) {
        swallowed.add(socket)
        socket.on('close', () => swallowed.delete(socket))
        return
      }
      adapter.handleUpgrade(request, socket, head).catch(() => socket.destroy())
    },
    async dispose() {
      for (const socket of swallowed) socket.destroy()
      // close() waits for ever for live sockets (crossws 0.4.17): end them first.
      for (const peers of adapter.peers.values()) {
        for (const peer of [...peers]) peer.terminate()
      }
      await adapter.close()
    },
  }
}

function connectionOf(peer: Peer, { userId, frameId }: Identity, version: ServerSettings['version'], { frames, tap }: Pick<WebSocketDeps, 'frames' | 'tap'>): PushConnection {
  function send(frame: string | Uint8Array<ArrayBuffer>): void {
    tap.saw(connection, 'out', frame)
    peer.send(frame)
    cutIfStuck(peer)
  }

  const connection = freezable({
    id: `ws-${randomHex(6)}`,
    userId,
    frameId,
    transport: 'websocket',
    version,
    connectedAt: Date.now(),
    lastMessageId: null,
    deliver(messages) {
      for (const frame of frames(version, messages)) send(frame)
    },
    sendRaw: send,
    close: (code, reason) => peer.close(code, reason),
    terminate: () => peer.terminate(),
  })
  return connection
}

/** Ends a socket whose client does not read: what is sent to it would be kept in this process. */
function cutIfStuck(peer: Peer): void {
  if ((peer.websocket.bufferedAmount ?? 0) > MAX_WAITING_BYTES) peer.terminate()
}
