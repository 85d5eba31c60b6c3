import process from 'node:process'

// The other side of connections.mjs: opens sockets, counts what each one gets, and tells the parent process.

/** Opened at once: more would only wait in the system's own queue. */
const BATCH = 100

process.once('message', async ({ urls, connections, messages }) => {
  const latencies = []
  let delivered = 0
  let disordered = 0

  function open(n) {
    const socket = new WebSocket(urls[n % urls.length])
    let next = 0
    socket.addEventListener('message', ({ data }) => {
      if (!data.startsWith('{')) return
      const { n, at } = JSON.parse(data).params.body.params
      if (n !== next) disordered++
      next = n + 1
      latencies.push(Date.now() - at)
      if (++delivered === connections * messages) process.send({ delivered, disordered, latency: percentiles(latencies) })
    })
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('A socket could not be opened.')))
      socket.addEventListener('close', ({ code }) => process.send({ delivered, disordered, latency: percentiles(latencies), closed: code }))
    })
  }

  for (let n = 0; n < connections; n += BATCH) {
    await Promise.all(Array.from({ length: Math.min(BATCH, connections - n) }, (_, i) => open(n + i)))
  }
  process.send('open')
})

process.on('disconnect', () => process.exit())

function percentiles(values) {
  const sorted = Float64Array.from(values).sort()
  const at = part => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
