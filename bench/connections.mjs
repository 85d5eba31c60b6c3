import { fork } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createPortal } from 'nuxt-b24-pull/portal'

// How many connections one dev portal holds, and whether all of them get everything, in order.
// `node bench/connections.mjs [--connections 2000] [--messages 200]`; exit code 1 when anything was lost.
// On loopback only; the clients are a process of their own, so that the figures are the portal's.

const { values } = parseArgs({ options: {
  connections: { type: 'string', default: '2000' },
  messages: { type: 'string', default: '200' },
} })
const connections = Number(values.connections)
const messages = Number(values.messages)
/** ms */
const DEADLINE = 180_000

/** What the push server lets one user have. */
const PER_USER = 100

const users = Array.from({ length: Math.ceil(connections / PER_USER) }, (_, index) => ({ id: index + 1 }))
const portal = await createPortal({ app: 'http://localhost:9', users, server: { version: 5 }, limits: false })
const clients = fork(fileURLToPath(new URL('connections-clients.mjs', import.meta.url)))
const deadline = setTimeout(() => {
  console.error(`Not over after ${DEADLINE / 1000} s.`)
  clients.kill()
}, DEADLINE)

/** What the clients say next; undefined when they are gone. */
const heard = () => Promise.race([once(clients, 'message').then(([message]) => message), once(clients, 'exit').then(() => undefined)])

try {
  const idle = process.memoryUsage().rss
  const openStarted = performance.now()
  clients.send({ urls: await Promise.all(users.map(({ id }) => socketUrl(id))), connections, messages })
  await heard()
  const opened = performance.now() - openStarted
  const held = portal.connections.length
  const rss = process.memoryUsage().rss

  const cpu = process.cpuUsage()
  const sendStarted = performance.now()
  for (let n = 0; n < messages; n++) {
    portal.emit({ module: 'application', command: 'tick', params: { n, at: Date.now() } })
    // As events come in life: one by one, sockets in between.
    await new Promise(resolve => setImmediate(resolve))
  }
  const emitted = performance.now() - sendStarted
  const result = await heard()
  const delivered = performance.now() - sendStarted
  const { user, system } = process.cpuUsage(cpu)

  const total = connections * messages
  console.table({
    'connections held': held,
    'opened in, s': seconds(opened),
    'memory per connection, kB': Math.round((rss - idle) / 1024 / held),
    'deliveries expected': total,
    'deliveries': result?.delivered ?? 0,
    'out of order': result?.disordered ?? 'unknown',
    'all emitted in, s': seconds(emitted),
    'all delivered in, s': seconds(delivered),
    'deliveries per s': Math.round(total / delivered * 1000),
    'latency p50, ms': result?.latency.p50,
    'latency p99, ms': result?.latency.p99,
    'portal\'s CPU, s': seconds((user + system) / 1000),
  })
  const isWhole = held === connections && result?.delivered === total && result.disordered === 0
  console.log(isWhole ? 'Everything arrived, in order.' : 'Something was lost or out of order.')
  process.exitCode = isWhole ? 0 : 1
}
finally {
  clearTimeout(deadline)
  clients.kill()
  await portal.close()
}

/** The address to which the app of a user connects. */
async function socketUrl(userId) {
  const { fields } = portal.openFrame({ userId })
  const response = await fetch(`${portal.url}/rest/pull.application.config.get.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: fields.AUTH_ID }),
  })
  const { result } = await response.json()
  return `${result.server.websocket}?${new URLSearchParams({ token: result.jwt, jsonRpc: 'true', revision: '19' })}`
}

function seconds(ms) {
  return Number((ms / 1000).toFixed(2))
}
