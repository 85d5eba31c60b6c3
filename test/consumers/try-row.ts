import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { run } from '../../scripts/lib/run.mjs'
import { createApp, writeUnitTest } from './create-app.ts'
import { callOf, environmentOf } from './environment.ts'
import type { Row } from './matrix.ts'
import { MANAGERS, REQUIRED } from './matrix.ts'
import { playBuilt, playDev } from './play.ts'

const DEADLINE = 10 * 60_000

export const STEPS = ['install', 'build', 'types', 'run', 'dev', 'unit'] as const

export interface RowResult {
  name: string
  /** By package, as installed. */
  versions: Record<string, string>
  /** Seconds that each step took. */
  times: Partial<Record<typeof STEPS[number], number>>
  failure?: { step: string, log: string }
}

export interface Surroundings {
  tarball: string
  /** Where logs go. */
  home: string
  /** For the row's app: empty, or with an installation that it takes over. */
  folder: string
  browser: Browser
  /** The first of a range of ports that no other row uses. */
  port: number
  /** Whether apps of the edge `latest` take what the registry has newest. */
  isNewest: boolean
}

/** Installs, builds, checks and runs the app of a row; stops at the first step that fails. */
export async function tryRow(row: Row, { tarball, home, folder, browser, port, isNewest }: Surroundings): Promise<RowResult> {
  const log = (step: string) => join(home, `${row.name}.${step}.log`)
  const command = (step: string, name: string, ...args: string[]) => runLogged(folder, log(step), ...callOf(row, name, args))
  const isInstalled = existsSync(join(folder, 'package.json'))
  const stage = { row, folder, browser, port }
  const work: Record<typeof STEPS[number], () => Promise<unknown>> = {
    install: async () => {
      if (row.isCreated) await create(folder, log('install'), tarball)
      else createApp(row, folder, tarball, { isNewest })
      if (isInstalled) return
      const [tool, ...args] = installationBy(row, isNewest)
      const install = () => runLogged(folder, log('install'), tool, args)
      // A registry may be silent for a while; what fails twice, fails.
      await install().catch(install)
    },
    build: () => row.kind === 'nuxt' ? command('build', 'nuxt', 'build') : command('build', 'vite', 'build'),
    types: () => row.kind === 'nuxt' ? command('types', 'nuxt', 'typecheck') : command('types', 'vue-tsc', '--noEmit'),
    run: () => playBuilt(stage),
    dev: () => playDev({ ...stage, port: port + 2 }),
    unit: () => {
      if (!row.isCreated) writeUnitTest(folder)
      return command('unit', 'vitest', 'run')
    },
  }
  const times: RowResult['times'] = {}
  for (const step of STEPS) {
    if ((step === 'unit' && !row.hasUnitTest) || (step === 'types' && !row.hasTypeCheck)) continue
    const started = Date.now()
    try {
      await work[step]()
      times[step] = (Date.now() - started) / 1000
    }
    catch (error) {
      writeFileSync(log(step), `${(error as Error).message}\n`, { flag: 'a' })
      return { name: row.name, versions: versionsIn(folder), times, failure: { step, log: log(step) } }
    }
  }
  return { name: row.name, versions: versionsIn(folder), times }
}

function installationBy({ manager }: Row, isNewest: boolean): [tool: string, ...args: string[]] {
  return manager === 'npm'
    ? ['npm', 'install', isNewest ? '--prefer-online' : '--prefer-offline', '--no-audit', '--no-fund']
    : ['npx', '--yes', '--package', MANAGERS[manager], manager, 'install']
}

/** As a person does in an empty folder, with the packed package in place of the published one. */
async function create(folder: string, log: string, tarball: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await runLogged(folder, log, 'npx', ['--yes', '--package', tarball, 'nuxt-b24-pull', 'create', '.', '--no-install', '--package', `file:${tarball}`])
}

async function runLogged(folder: string, log: string, name: string, args: string[]): Promise<void> {
  const output = openSync(log, 'a')
  const code = await run(name, args, { cwd: folder, env: environmentOf(folder), stdio: ['ignore', output, output], deadline: DEADLINE })
  closeSync(output)
  if (code !== 0) throw new Error(`\`${[name, ...args].join(' ')}\` ended with code ${code}.`)
}

function versionsIn(folder: string): Record<string, string> {
  const file = (name: string) => join(folder, 'node_modules', name, 'package.json')
  return Object.fromEntries(REQUIRED.filter(name => existsSync(file(name))).map(name => [name, (JSON.parse(readFileSync(file(name), 'utf8')) as { version: string }).version]))
}
