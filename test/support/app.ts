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
