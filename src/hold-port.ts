import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'

const HOST = '127.0.0.1'

/** How many ports in a row are tried before any will do. */
const MOST_TRIED = 20

/** A port that is kept for whoever is to listen on it later. */
export interface HeldPort {
  port: number
  /** Frees it, for the one it was held for. */
  release: () => Promise<void>
}

/**
 * Takes a port on 127.0.0.1 and keeps it: of two that start at once, and listen only when they are up, each has its own.
 *
 * @param preferred the first that is free from this one on is taken, so that it is the same one the next time
 */
export async function holdPort(preferred: number): Promise<HeldPort> {
  for (let port = preferred; port < preferred + MOST_TRIED && port <= 65_535; port++) {
    const held = await listenOn(port)
    if (held) return held
  }
  const held = await listenOn(0)
  if (held) return held
  throw new Error(`[nuxt-b24-pull] No port of ${HOST} can be listened on, and the dev portal needs one. End a program that listens, or name a free port in b24Pull.portal.port.`)
}

function listenOn(port: number): Promise<HeldPort | null> {
  // Who knocks, such as the page of the portal that was here before, is to try again later: a connection would keep the port from being freed.
  const server = createServer(socket => socket.destroy())
  server.unref()
  return new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(port, HOST, () => resolve({ port: (server.address() as AddressInfo).port, release: () => close(server) }))
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => void server.close(() => resolve()))
}
