import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import type * as PortalEntry from '../../src/portal/index.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { drive, driveList } from './drive.ts'
import { callOf, environmentOf } from './environment.ts'
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
    ? await serve(row, folder, port, 'node', ['.output/server/index.mjs'], { PORT: String(port), HOST: row.host, NODE_ENV: 'production' })
    : await serve(row, folder, port, 'vite', ['preview', '--port', String(port), '--strictPort', '--host', row.host])
  try {
    await checkHtml(app.url, row)
    const portal = await openPortal(row, folder, app.url, port + 1)
    await play(browser, portal.url, row).finally(portal.stop)
  }
  finally {
    await app.stop()
  }
}

/** The same under the dev server; Nuxt's has a portal beside it by the module's option. */
export async function playDev({ row, folder, browser, port }: Stage): Promise<void> {
  const portalPort = port + 1
  const env = { NODE_ENV: 'development', B24_PULL_PORTAL_PORT: String(portalPort) }
  const app = row.kind === 'nuxt'
    ? await serve(row, folder, port, 'nuxt', ['dev', '--port', String(port), '--host', row.host], env, `http://${LOOPBACK}:${portalPort}`)
    : await serve(row, folder, port, 'vite', ['--port', String(port), '--strictPort', '--host', row.host], env)
  try {
    const portal = row.kind === 'nuxt' ? { url: `http://${LOOPBACK}:${portalPort}`, stop: async () => {} } : await openPortal(row, folder, app.url, portalPort)
    // Nuxt's dev server is at `localhost` by whatever name it was started.
    await play(browser, portal.url, { ...row, loads: 1 }).finally(portal.stop)
  }
  finally {
    await app.stop()
  }
}

function serve(row: Row, folder: string, port: number, tool: string, given: string[], env: Record<string, string> = {}, alsoWaitFor?: string): Promise<TestServer> {
  const [command, args] = callOf(row, tool, given)
  return startServer({
    command,
    args,
    cwd: folder,
    env: { ...environmentOf(folder), ...env } as Record<string, string>,
    url: `http://${row.host}:${port}${row.path.replace(/\/$/, '')}`,
    alsoWaitFor: alsoWaitFor ? [alsoWaitFor] : [],
  })
}

function play(browser: Browser, portal: string, row: Row): Promise<void> {
  return row.isCreated ? driveList(browser, portal) : drive(browser, portal, row)
}

async function checkHtml(url: string, { isServerRendered }: Row): Promise<void> {
  const html = await (await fetch(url)).text()
  if (html.includes('data-testid="status"') !== isServerRendered) {
    throw new Error(`The HTML ${isServerRendered ? 'lacks the page, which the server should have rendered' : 'holds the page, which only the browser should render'}:\n${html}`)
  }
}

async function openPortal(row: Row, folder: string, app: string, port: number): Promise<{ url: string, stop: () => Promise<void> }> {
  const { kind, portal } = row
  // Vite's servers answer no POST; Nuxt's does.
  const method = kind === 'nuxt' ? 'post' : 'get'
  if (portal === 'command') {
    const [command, args] = callOf(row, 'nuxt-b24-pull', ['portal', '--app', app, '--method', method, '--port', String(port)])
    return startServer({
      command,
      args,
      cwd: folder,
      env: environmentOf(folder) as Record<string, string>,
      url: `http://${LOOPBACK}:${port}`,
    })
  }
  const { createPortal } = await import(pathToFileURL(join(folder, 'portal.ts')).href) as typeof PortalEntry
  const { url, close } = await createPortal({ app, method })
  return { url, stop: close }
}
