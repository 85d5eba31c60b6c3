import { cpSync, existsSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { installDependenciesCommand, runScriptCommand } from 'nypm'
import { EXIT } from '../exit-codes'
import { ownFolder, testedVersions } from '../own-package'
import { readGiven } from '../read-given'
import type { CliSurroundings } from '../surroundings'
import { createTell } from '../tell'
import { UsageError } from '../usage-error'
import { CREATE_ARGS } from './args'
import { install } from './install'
import { packageManagerOf } from './package-manager'

const SCRIPTS = {
  'dev': 'nuxt dev',
  'build': 'nuxt build',
  'preview': 'nuxt preview',
  'postinstall': 'nuxt prepare',
  'typecheck': 'nuxt typecheck',
  'test': 'vitest run',
  'test:e2e': 'playwright test',
}

/**
 * Makes a new app from the template in the package: a live list for two users, with tests.
 *
 * @returns exit code
 * @throws UsageError for a folder that is not empty, or a file
 */
export async function runCreate(argv: readonly string[], { out, folder: here, env }: CliSurroundings): Promise<number> {
  const { flags, words: [named = ''] } = readGiven(argv, CREATE_ARGS)
  const folder = resolve(here, named)
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageError(`${folder} is a file. A new app wants a folder of its own.`)
  if (existsSync(folder) && readdirSync(folder).some(name => name !== '.git')) {
    throw new UsageError(`${folder} is not empty. A new app wants a folder of its own; an app that is there takes \`nuxt-b24-pull init\`.`)
  }
  cpSync(join(ownFolder(), 'templates/nuxt'), folder, { recursive: true })
  // npm packs no file of that name.
  renameSync(join(folder, '_gitignore'), join(folder, '.gitignore'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({
    name: basename(folder).toLowerCase().replaceAll(/[^\w.-]+/g, '-'),
    private: true,
    type: 'module',
    scripts: SCRIPTS,
    dependencies: testedVersions(['@bitrix24/b24jssdk', '@pinia/nuxt', 'nuxt', 'nuxt-b24-pull', 'pinia'], { spec: flags.get('package')?.[0] }),
    devDependencies: testedVersions(['@nuxt/test-utils', '@playwright/test', '@vue/test-utils', 'happy-dom', 'typescript', 'vitest', 'vue-tsc']),
  }, null, 2)}\n`)
  const packageManager = await packageManagerOf(folder, env)
  const isInstalled = !flags.has('no-install')
  if (!flags.has('json')) out(`${folder} has a live list for two users, with tests.`)
  if (isInstalled) await install(folder, packageManager, { silent: flags.has('json') })
  createTell(flags, out)(
    { folder, isInstalled },
    `Next: ${[`cd ${/^[\w./\\:~-]+$/.test(named) ? named : `"${named}"`}`, ...(isInstalled ? [] : [installDependenciesCommand(packageManager.name)]), runScriptCommand(packageManager.name, 'dev')].join(' && ')}, and open the dev portal at the address that it prints.`,
  )
  return EXIT.done
}
