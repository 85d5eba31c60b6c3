import { once } from 'node:events'
import process from 'node:process'
import { bootstrap } from './bootstrap.mjs'
import { allAnswer } from './lib/answers.mjs'
import { choosePort } from './lib/ports.mjs'
import { end, endAllOnSignal, endAllWithParent, exitCode, start } from './lib/run.mjs'
import { report, Stop } from './lib/stop.mjs'

// `npm start`: the playground under `nuxt dev`, inside the dev portal that its option `portal` starts beside it; or another app of this
// repository, whose folder is named.

const LOOPBACK = '127.0.0.1'
const app = process.argv[2] ?? 'playground'

endAllOnSignal()
endAllWithParent()
try {
  const env = await bootstrap()
  const host = process.env.HOST || LOOPBACK
  const port = await choosePort({ name: 'PORT', value: process.env.PORT, preferred: 3000, host })
  // Chosen here and not by the module, which would prefer the same one, so that it is known whom to ask for readiness.
  const portalPort = await choosePort({ name: 'PORTAL_PORT', value: process.env.PORTAL_PORT, preferred: 7324, host: LOOPBACK, except: port })
  process.exitCode = await play({ env: { ...env, B24_PULL_PORTAL_PORT: String(portalPort) }, host, port, portal: `http://${LOOPBACK}:${portalPort}` })
}
catch (error) {
  process.exitCode = report(error)
}

async function play({ env, host, port, portal }) {
  const nuxt = start('nuxt', ['dev', app, '--port', String(port), '--host', host], { env })
  let gone = false
  const exit = once(nuxt, 'exit').catch(error => [127, null, error]).finally(() => (gone = true))
  const silent = await allAnswer([appAddress(host, port), portal], { deadline: 180_000, giveUp: () => gone })
  if (!gone && silent.length > 0) {
    await end(nuxt)
    throw new Stop(`No answer from ${silent.join(' and ')}.`, '`nuxt dev` runs, but three minutes were not enough; its own words are above.', 'Correct what it names, and start again.')
  }
  if (!gone) console.log(`Dev portal: ${portal}`)
  const [code, signal, error] = await exit
  if (error) console.error(`nuxt could not be started: ${error.message}`)
  // A server that ends by itself has not done what it is there for, whatever its code says.
  return exitCode(code, signal) || 1
}

/** A wildcard is an address to listen on, not one to ask. */
function appAddress(host, port) {
  const name = ['0.0.0.0', '::', ''].includes(host) ? LOOPBACK : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}/`
}
