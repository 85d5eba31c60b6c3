import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { freePort } from './ports'
import { startServer } from './server'
import type { TestServer } from './server'
import { mustRun } from './tool'

/** An empty project with the packed package in its `node_modules`, and its command in `node_modules/.bin`, as npm installs it. */
export function installEmpty(name: string): string {
  const { dir, packageDir } = inject('packed')
  const project = join(dir, name)
  rmSync(project, { recursive: true, force: true })
  mkdirSync(join(project, 'node_modules/.bin'), { recursive: true })
  cpSync(packageDir, join(project, 'node_modules/nuxt-b24-pull'), { recursive: true })
  symlinkSync('../nuxt-b24-pull/bin/nuxt-b24-pull.mjs', join(project, 'node_modules/.bin/nuxt-b24-pull'))
  return project
}

/** The same, with the files of a fixture. */
export function installIn(name: string, fixture: string): string {
  const project = installEmpty(name)
  cpSync(fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url)), project, { recursive: true })
  return project
}

/** The Vue app under Vite's dev server, on another site than the portal's. */
export async function startViteDev(project: string): Promise<TestServer> {
  const port = await freePort('vite', 'localhost')
  return startServer({
    command: 'vite',
    args: ['--port', String(port), '--strictPort', '--host', 'localhost'],
    cwd: project,
    env: { NODE_ENV: 'development' },
    url: `http://localhost:${port}`,
  })
}

/** The Vue app as it is deployed: built, and served as static files. */
export async function startViteBuild(project: string): Promise<TestServer> {
  await mustRun('vite', ['build', '--logLevel', 'error'], { cwd: project, env: { ...process.env, NODE_ENV: 'production' } })
  const port = await freePort('vite-preview', 'localhost')
  return startServer({
    command: 'vite',
    args: ['preview', '--port', String(port), '--strictPort', '--host', 'localhost'],
    cwd: project,
    url: `http://localhost:${port}`,
  })
}

/** A dev portal from the shell: `npx nuxt-b24-pull portal …`. */
export async function startPortalByNpx(project: string, args: string[]): Promise<TestServer> {
  const port = await freePort('portal')
  return startServer({
    command: 'npx',
    args: ['--no-install', 'nuxt-b24-pull', 'portal', '--port', String(port), ...args],
    cwd: project,
    url: `http://127.0.0.1:${port}`,
  })
}
