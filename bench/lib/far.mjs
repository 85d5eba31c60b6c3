import { createServer } from 'node:http'
import { connect } from 'node:net'

/** Round trips before a new connection carries anything: of TCP, and of TLS 1.3. What the connection itself asks for is its own. */
const HANDSHAKES = 2

/**
 * A proxy that puts the push server far away: whoever connects through it waits as long as a handshake over a network takes, and what goes
 * there and back is half of a round trip on its way each time. A page's HTTP does not go through it.
 * @returns {Promise<{ args: string[], setLatency: (ms: number) => void, stop: () => void }>} `args` for the Chromium whose sockets go through it
 */
export async function startFarAway() {
  let latency = 0
  const sockets = new Set()
  const carry = (from, to) => from.setNoDelay().on('data', data => setTimeout(() => to.write(data), latency / 2))
    .on('error', () => to.destroy()).on('close', () => to.destroy())

  const server = createServer().on('connect', ({ url }, near) => setTimeout(() => {
    const { hostname, port } = new URL(`http://${url}`)
    const far = connect(port, hostname, () => near.write('HTTP/1.1 200 Connected\r\n\r\n'))
    carry(near, far)
    carry(far, near)
    sockets.add(near).add(far)
  }, HANDSHAKES * latency))
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))

  return {
    // Chromium takes the proxy of https for sockets, too, and by itself none for loopback.
    args: [`--proxy-server=https=http://127.0.0.1:${server.address().port}`, '--proxy-bypass-list=<-loopback>'],
    setLatency: ms => void (latency = ms),
    stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
