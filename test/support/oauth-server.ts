import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An OAuth server that renews no token, as the platform's refuses one that was withdrawn. */
export async function serveRefusals(): Promise<{ url: string, close: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'invalid_grant', error_description: 'The refresh token is not valid.' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
