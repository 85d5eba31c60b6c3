import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import { root } from '../../scripts/lib/root.mjs'
import { buildPage } from './built-page'
import type { PageServer } from './built-page'

/** What the pages' back end was told, by the address of its handler. */
export interface OfficialLikeServer extends PageServer {
  events: URLSearchParams[]
}

/**
 * Serves the apps that do what the official examples do: an archive of files, and, below `umd/`, a page that answers a POST as PHP does, with
 * the SDK as one script.
 */
export async function serveOfficialLike(): Promise<OfficialLikeServer> {
  const dir = await buildPage('official-like')
  const events: URLSearchParams[] = []
  const files = staticMiddleware({ dir, compress: false })
  const notFound = () => new Response('Not found', { status: 404 })
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    silent: true,
    async fetch(request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/umd/b24jssdk.js') return new Response(await readFile(join(root, 'node_modules/@bitrix24/b24jssdk/dist/umd/index.min.js')), { headers: { 'content-type': 'text/javascript' } })
      if (pathname === '/events') {
        events.push(new URLSearchParams(await request.text()))
        return new Response('OK')
      }
      // Hosts of files answer no form; a page of PHP does.
      if (request.method === 'POST' && !pathname.startsWith('/umd/')) return new Response('Method not allowed', { status: 405 })
      return files(Object.assign(new Request(new URL(pathname.replace(/\/$/, '/index.html'), request.url)), { runtime: request.runtime }), notFound)
    },
  })
  await server.ready()
  return { url: `http://localhost:${new URL(server.url!).port}`, events, stop: () => server.close(true) }
}
