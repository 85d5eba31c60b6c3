import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import { fingerprint, sourceFiles } from '../../scripts/lib/files.mjs'
import { withLock } from '../../scripts/lib/lock.mjs'
import { root } from '../../scripts/lib/root.mjs'

/** Pages without Nuxt, one of the folders of `test/fixtures`; or a Vue app among the examples. */
export type BuiltPage = 'connection-page' | 'official-like' | 'stress-page' | 'surface-page' | `examples/${string}`

export interface PageServer {
  /** Without a slash at the end; on another site than a portal at 127.0.0.1. */
  url: string
  stop: () => Promise<void>
}

/**
 * Builds a page, unless that was done with the same sources before, and serves it on a free loopback port.
 *
 * @param name
 * @param headers of every answer
 */
export async function servePage(name: BuiltPage, headers: Record<string, string> = {}): Promise<PageServer> {
  const dir = await buildPage(name)
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    silent: true,
    middleware: [
      async (_request, next) => {
        const response = await next()
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
        return response
      },
      staticMiddleware({ dir, compress: false }),
    ],
    fetch: () => new Response('Not found', { status: 404 }),
  })
  await server.ready()
  return { url: `http://localhost:${new URL(server.url!).port}`, stop: () => server.close(true) }
}

/** Where it stands: a folder named after the state of the sources, beside the packed package. Old ones go with those of the package. */
export async function buildPage(name: BuiltPage): Promise<string> {
  const isExample = name.startsWith('examples/')
  const page = isExample ? name : join('test/fixtures', name)
  const home = join(root, '.packed')
  const dir = join(home, `${name.replaceAll('/', '-')}-${fingerprint(sourceFiles([page, 'src', 'package-lock.json', 'test/support/built-page.ts']))}`)
  const done = join(dir, 'done')
  mkdirSync(home, { recursive: true })
  await withLock(`${dir}.lock`, async () => {
    if (existsSync(done)) return
    rmSync(dir, { recursive: true, force: true })
    // Only here: it takes a second to load.
    const vite = await import('vite')
    const input = readdirSync(join(root, page)).filter(file => file.endsWith('.html')).map(file => join(root, page, file))
    // An example stands on the package, whose build is not there yet.
    const ofExamples = { plugins: [(await import('@vitejs/plugin-vue')).default()], resolve: { alias: { 'nuxt-b24-pull/vue': join(root, 'src/vue/index.ts') } } }
    await vite.build({ ...isExample ? ofExamples : {}, root: join(root, page), configFile: false, logLevel: 'error', build: { outDir: dir, emptyOutDir: true, minify: false, rollupOptions: { input } } })
    writeFileSync(done, '')
  })
  const now = new Date()
  utimesSync(dir, now, now)
  return dir
}
