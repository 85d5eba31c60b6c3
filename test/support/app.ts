import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { inject } from 'vitest'
import { freePort } from './ports'
import { startServer } from './server'
import type { TestServer } from './server'

const HOST = '127.0.0.1'

/** The playground's production build, served the way a user's app is: by its own Nitro server, on a free loopback port. */
export async function startBuiltApp(env: Record<string, string> = {}): Promise<TestServer> {
  const port = await freePort('app')
  return startServer({
    command: process.execPath,
    args: ['.output/server/index.mjs'],
    cwd: inject('packed').appDir,
    env: { ...env, PORT: String(port), HOST, NODE_ENV: 'production' },
    url: `http://${HOST}:${port}`,
  })
}

export interface DevApp extends TestServer {
  /** The dev portal beside it, without a slash at the end. */
  portalUrl: string
  /** The app's own folder. */
  project: string
}

/**
 * The playground under `nuxt dev`, with the dev portal that the module starts beside it; the module is the packed one.
 * Runs in a copy, because a dev server writes into its project.
 */
export async function startDevApp(env: Record<string, string> = {}): Promise<DevApp> {
  const { dir, appDir } = inject('packed')
  const project = mkdtempSync(join(dir, 'dev-'))
  cpSync(appDir, project, { recursive: true, filter: path => !/\/\.(?:output|nuxt|data)$/.test(path) })
  const port = await freePort('dev')
  const portalPort = await freePort('dev-portal')
  const portalUrl = `http://${HOST}:${portalPort}`
  const server = await startServer({
    command: 'nuxt',
    args: ['dev', '--port', String(port), '--host', HOST],
    cwd: project,
    env: { ...env, PORTAL_PORT: String(portalPort), NODE_ENV: 'development' },
    url: `http://${HOST}:${port}`,
    alsoWaitFor: [portalUrl],
  })
  return {
    ...server,
    portalUrl,
    project,
    stop: async () => {
      await server.stop()
      rmSync(project, { recursive: true, force: true })
    },
  }
}
