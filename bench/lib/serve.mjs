import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sdkPart } from './sdk.mjs'

/** An address at which there is an empty page of the same site: what a frame shows before it loads the app. */
export const BLANK = '/blank.html'
const EMPTY = gzipSync('<!doctype html><html lang="en"><title>Blank</title>')

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/**
 * Serves a built page on a free loopback port. Its files are compressed before: this process runs portal and driver, too, and
 * must not be kept from them by the weight of what one contestant loads.
 * @param {string} folder
 * @returns {Promise<{ url: string, sdkFiles: string[], stop: () => Promise<void> }>} where it is, and the paths below that hold the SDK
 */
export async function serve(folder) {
  const files = new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return [path.slice(folder.length).replaceAll(sep, '/'), readFileSync(path)]
  }))
  const bodies = new Map([...files].map(([path, content]) => [path, gzipSync(content)]))
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://bench')
    const path = pathname === '/' ? '/index.html' : pathname
    const body = path === BLANK ? EMPTY : bodies.get(path)
    if (!body) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': `${TYPES[extname(path)]}; charset=utf-8`,
      'content-encoding': 'gzip',
      'content-length': body.length,
      // A process of its own in the browser, and still the portal's site: the SDK by itself does not start where storage is denied.
      'origin-agent-cluster': '?1',
    }).end(body)
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sdkFiles: [...files.keys()].filter(path => path.endsWith('.js') && sdkPart(files.get(path).toString())),
    stop: () => new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
  }
}
