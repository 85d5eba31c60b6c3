import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServerMiddleware, ServerRequest } from 'srvx'
import { staticMiddleware } from 'srvx/static'

const MISSING = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Dev portal</title>
<body style="font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>The dev portal runs, but its page has not been built.</h1>
<p>REST, push and the control API work. Run <code>npm run dev:prepare</code> in the clone of nuxt-b24-pull, then reload.</p>`

/**
 * Finds the built page from where this code runs: from the sources, from `dist/portal`, or from a chunk beside it.
 *
 * @param from `import.meta.url` of the caller
 */
export function findPageDir(from: string): string | null {
  let dir = dirname(fileURLToPath(from))
  for (;;) {
    for (const candidate of [join(dir, 'portal-page'), join(dir, 'dist', 'portal-page')]) {
      if (existsSync(join(candidate, 'index.html'))) return candidate
    }
    const parent = dirname(dir)
    // The package's own folder is as far as it can be.
    if (existsSync(join(dir, 'package.json')) || parent === dir) return null
    dir = parent
  }
}

/** Serves the portal's page. `appOrigin` is the only one that its forms may be sent to. */
export function createStaticPage(appOrigin: string): (request: ServerRequest) => Response | Promise<Response> {
  const headers = {
    'content-security-policy': [
      'default-src \'self\'',
      'style-src \'self\' \'unsafe-inline\'',
      'img-src \'self\' data:',
      // An app may send its frame on to a login page anywhere.
      'frame-src http: https:',
      `form-action ${appOrigin}`,
      'base-uri \'none\'',
      'object-src \'none\'',
      'frame-ancestors \'none\'',
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  }
  let serve: ServerMiddleware | null = null

  return async (request) => {
    const dir = findPageDir(import.meta.url)
    if (dir === null) {
      return new Response(MISSING, { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
    }
    serve ??= staticMiddleware({ dir })
    const response = await serve(request, () => new Response('The dev portal has no such page.', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } }))
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  }
}
