import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import type * as PortalEntry from '../../src/portal/index.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { drive } from './drive.ts'
import { environmentOf } from './environment.ts'
import type { Row } from './matrix.ts'

const LOOPBACK = '127.0.0.1'

export interface Stage {
  row: Row
  folder: string
  browser: Browser
  /** The first of a range of ports that no other row uses. */
  port: number
}

/** Serves what was built, opens it in a portal of the installed package, and plays. */
export async function playBuilt({ row, folder, browser, port }: Stage): Promise<void> {
  const app = row.kind === 'nuxt'
    ? await serve(folder, port, 'node', ['.output/server/index.mjs'], { PORT: String(port), HOST: 'localhost', NODE_ENV: 'production' })
    : await serve(folder, port, 'vite', ['preview', '--port', String(port), '--strictPort', '--host', 'localhost'])
  try {
    await checkHtml(app.url, row)
    const portal = await openPortal(row, folder, app.url, port + 1)
    await drive(browser, portal.url, row.shows).finally(portal.stop)
  }
  finally {
    await app.stop()
  }
}

/** The same under the dev server; Nuxt's has a portal beside it by the module's option. */
export async function playDev({ row, folder, browser, port }: Stage): Promise<void> {
  const portalPort = port + 1
  const env = { NODE_ENV: 'development', PORTAL_PORT: String(portalPort) }
  const app = row.kind === 'nuxt'
    ? await serve(folder, port, 'nuxt', ['dev', '--port', String(port), '--host', 'localhost'], env, `http://${LOOPBACK}:${portalPort}`)
    : await serve(folder, port, 'vite', ['--port', String(port), '--strictPort', '--host', 'localhost'], env)
  try {
    const portal = row.kind === 'nuxt' ? { url: `http://${LOOPBACK}:${portalPort}`, stop: async () => {} } : await openPortal(row, folder, app.url, portalPort)
    await drive(browser, portal.url, row.shows).finally(portal.stop)
  }
  finally {
    await app.stop()
  }
}

/** On another site than the portal's, as in life. */
function serve(folder: string, port: number, command: string, args: string[], env: Record<string, string> = {}, alsoWaitFor?: string): Promise<TestServer> {
  return startServer({
    command,
    args,
    cwd: folder,
    env: { ...environmentOf(folder), ...env } as Record<string, string>,
    url: `http://localhost:${port}`,
    alsoWaitFor: alsoWaitFor ? [alsoWaitFor] : [],
  })
}

async function checkHtml(url: string, { isServerRendered }: Row): Promise<void> {
  const html = await (await fetch(url)).text()
  if (html.includes('data-testid="status"') !== isServerRendered) {
    throw new Error(`The HTML ${isServerRendered ? 'lacks the page, which the server should have rendered' : 'holds the page, which only the browser should render'}:\n${html}`)
  }
}

async function openPortal({ kind, portal }: Row, folder: string, app: string, port: number): Promise<{ url: string, stop: () => Promise<void> }> {
  // Vite's servers answer no POST; Nuxt's does.
  const method = kind === 'nuxt' ? 'post' : 'get'
  if (portal === 'command') {
    return startServer({
      command: 'nuxt-b24-pull',
      args: ['portal', '--app', app, '--method', method, '--port', String(port)],
      cwd: folder,
      env: environmentOf(folder) as Record<string, string>,
      url: `http://${LOOPBACK}:${port}`,
    })
  }
  const { createPortal } = await import(pathToFileURL(join(folder, 'portal.ts')).href) as typeof PortalEntry
  const { url, close } = await createPortal({ app, method })
  return { url, stop: close }
}
