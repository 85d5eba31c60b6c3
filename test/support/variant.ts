import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { inject } from 'vitest'
import { sourceFiles } from '../../scripts/lib/files.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { freePort } from './ports'
import { startServer } from './server'
import type { TestServer } from './server'
import { mustRun } from './tool'

const HOST = '127.0.0.1'

export interface Variant extends TestServer {
  /** The built app's own folder. */
  project: string
}

const copyVariant = (name: string, folder: string): string => copyApp(`test/fixtures/variants/${name}`, folder)

/** An app of this repository with the packed package, in a folder of its own. */
function copyApp(from: string, folder: string): string {
  const { dir, packageDir } = inject('packed')
  const project = join(dir, folder)
  rmSync(project, { recursive: true, force: true })
  for (const file of sourceFiles([from])) cpSync(join(root, file), join(project, relative(from, file)))
  // Without one of its own it would be part of this repository's package, which may import itself by its name.
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(packageDir, join(project, 'node_modules/nuxt-b24-pull'))
  return project
}

export interface DevVariant extends Variant {
  /** The dev portal that the module starts beside it, without a slash at the end. */
  portalUrl: string
}

/** Such an app, which has the option `portal`, under `nuxt dev`. */
export async function startVariantDev(name: string): Promise<DevVariant> {
  const project = copyVariant(name, `variant-${name}-dev`)
  const port = await freePort('variant-dev')
  const portalPort = await freePort('dev-portal')
  const portalUrl = `http://${HOST}:${portalPort}`
  const server = await startServer({
    command: 'nuxt',
    args: ['dev', '--port', String(port), '--host', HOST],
    cwd: project,
    env: { B24_PULL_PORTAL_PORT: String(portalPort), NODE_ENV: 'development' },
    url: `http://${HOST}:${port}`,
    alsoWaitFor: [portalUrl],
  })
  return { ...server, project, portalUrl }
}

/** Builds such an app, and serves it. */
export async function startVariant(name: string, baseURL = '/'): Promise<Variant> {
  const { project, start } = await build(copyVariant(name, `variant-${name}`), baseURL)
  return { ...await start(), project }
}

/** A built app, whose server may be started again and again at one address. */
export interface BuiltApp {
  project: string
  url: string
  start: (env?: Record<string, string>) => Promise<TestServer>
}

/** Builds one of `examples/`. */
export const buildExample = (name: string): Promise<BuiltApp> => build(copyApp(`examples/${name}`, `example-${name}`))

async function build(project: string, baseURL = ''): Promise<BuiltApp> {
  await mustRun('nuxt', ['build'], { cwd: project, env: { ...process.env, NODE_ENV: 'production' } })
  const port = await freePort('variant')
  const url = `http://${HOST}:${port}${baseURL}`
  return {
    project,
    url,
    start: env => startServer({
      command: process.execPath,
      args: ['.output/server/index.mjs'],
      cwd: project,
      env: { ...env, PORT: String(port), HOST, NODE_ENV: 'production' },
      url,
    }),
  }
}
