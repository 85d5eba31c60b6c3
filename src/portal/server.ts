import type { IncomingMessage, Server as NodeServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { serve } from 'srvx/node'
import { PortalError } from './errors'

const HOST = '127.0.0.1'
const MAX_BODY_BYTES = 2_000_000

export interface PortalHandlers {
  fetch: (request: Request) => Response | Promise<Response>
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

export interface PortalServer<Handlers extends PortalHandlers> {
  handlers: Handlers
  close: () => Promise<void>
}

/**
 * Listens on 127.0.0.1 and nowhere else.
 *
 * @param port 0 = any free one
 * @param createHandlers gets the origin, which is known only now; where it throws, the port is free again
 * @throws PortalError `PORTAL_PORT_TAKEN`, and what `createHandlers` throws
 */
export async function listen<Handlers extends PortalHandlers>(port: number, createHandlers: (url: string) => Handlers): Promise<PortalServer<Handlers>> {
  let handlers: Handlers | null = null
  const server = serve({
    port,
    hostname: HOST,
    silent: true,
    manual: true,
    gracefulShutdown: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    fetch: request => handlers?.fetch(request) ?? new Response(null, { status: 503 }),
    error: (error) => {
      const status = (error as { status?: unknown }).status === 413 ? 413 : 500
      return Response.json({ error: status === 413 ? 'BODY_TOO_LARGE' : 'INTERNAL_SERVER_ERROR', error_description: String(error) }, { status })
    },
  })
  const node = server.node?.server as NodeServer
  node.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (handlers) handlers.handleUpgrade(request, socket, head)
    else socket.destroy()
  })
  await start(node, port, () => server.serve())
  const address = node.address()
  const close = () => server.close(true)
  try {
    const created = createHandlers(`http://${HOST}:${typeof address === 'object' && address ? address.port : port}`)
    handlers = created
    return { handlers: created, close }
  }
  catch (error) {
    // Nobody else knows of the server: it would keep the port, and the process alive.
    await close()
    throw error
  }
}

async function start(node: NodeServer, port: number, serveNow: () => unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    node.once('listening', resolve)
    node.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE'
      ? new PortalError('PORTAL_PORT_TAKEN', {
          what: `The dev portal cannot listen on ${HOST}:${port}.`,
          why: 'Another program has this port.',
          fix: 'Stop it, or choose another port; 0 takes any free one.',
          cause: error,
        })
      : error))
    Promise.resolve(serveNow()).catch(reject)
  })
}
