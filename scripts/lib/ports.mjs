import { createServer } from 'node:net'
import { Stop } from './stop.mjs'

/**
 * The port that an environment variable names, which must be free, else the first free one from `preferred` on.
 * @param {{ name: string, value: string | undefined, preferred: number, host: string, except?: number }} wish `name` is
 *   the variable's; `except` is spoken for, though nobody listens there yet
 * @returns {Promise<number>} a port that was free a moment ago
 * @throws Stop when the variable names no port, or one that is taken
 */
export async function choosePort({ name, value, preferred, host, except }) {
  if (!value) return nextFree(preferred, host, except)
  const port = Number(value)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Stop(`${name} is not a port: "${value}".`, 'a port is a whole number from 1 to 65535.', `Correct ${name}, or unset it to have a free port chosen.`)
  }
  if (port !== except && await isFree(port, host)) return port
  throw new Stop(`Port ${port} is taken.`, `${name} asks for it, and another program listens there already, or is about to.`, `End that program, set ${name} to another port, or unset it to have a free one chosen.`)
}

/**
 * The first free port.
 * @param {number} from
 * @param {string} host
 * @param {number} [except]
 */
export async function nextFree(from, host, except) {
  for (let port = from; port <= 65_535; port++) {
    if (port !== except && await isFree(port, host)) return port
  }
  throw new Stop('No free port.', `none from ${from} on can be listened on at ${host}.`, 'Set HOST to an address of this machine, or end a program that listens.')
}

function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
