import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { CliError } from '../exit-codes'
import { readPackage } from '../doctor/installed'
import { readGiven } from '../read-flags'
import type { CliSurroundings } from '../surroundings'
import { INIT_ARGS } from './args'
import { install } from './install'
import { planNuxt } from './plan-nuxt'
import { planVite } from './plan-vite'
import { testedVersions } from './own-package'

/** What is to stand in an app's files. */
export interface Plan {
  /** By path from the app's folder. */
  files: ReadonlyMap<string, string>
  /** Packages that the app needs. */
  packages: readonly string[]
  scripts: Readonly<Record<string, string>>
  /** What is left to do, and what to do next. */
  hints: readonly string[]
}

/** An app as it is. */
export interface App {
  has: (path: string) => boolean
  /** Null where there is no such file. */
  read: (path: string) => string | null
}

/**
 * Adds the module to an app: package, configuration, and a first component. Writes over nothing but by adding, and shows what it adds.
 *
 * @returns exit code
 * @throws CliError where there is no app that it knows
 */
export async function runInit(argv: readonly string[], { out, folder }: CliSurroundings): Promise<number> {
  const { flags } = readGiven(argv, INIT_ARGS)
  const manifest = readPackage(folder)
  const listed = { ...manifest?.dependencies, ...manifest?.devDependencies }
  const app: App = {
    has: path => existsSync(join(folder, path)),
    read: path => existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : null,
  }
  const plan = 'nuxt' in listed ? planNuxt(app) : 'vite' in listed && 'vue' in listed ? planVite(app) : null
  if (!plan) {
    throw new CliError('NO_APP', `${folder} has no app of Nuxt, nor of Vite and Vue: its package.json ${manifest ? 'lists neither' : 'is missing'}. Go to the app's folder, or make a new one: nuxt-b24-pull create my-app.`)
  }
  const changes = new Map([['package.json', withPackages(readFileSync(join(folder, 'package.json'), 'utf8'), plan, listed, flags.get('package')?.[0])], ...plan.files])
  let count = 0
  for (const [path, text] of changes) {
    const before = app.read(path)
    if (before === text) continue
    count++
    out(createTwoFilesPatch(before === null ? '/dev/null' : path, path, before ?? '', text, undefined, undefined, { context: 2 }).replace(/^=+\n/, '').trimEnd())
    if (flags.has('dry-run')) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (count === 0) out('Everything is there already: nothing was changed.')
  else if (flags.has('dry-run')) out(`${count} files would change; nothing was written.`)
  else if (!flags.has('no-install')) await install(folder)
  for (const hint of plan.hints) out(hint)
  return 0
}

/** The text of package.json with what is missing, in the order and the indent that it has. */
function withPackages(text: string, plan: Plan, listed: Readonly<Record<string, string>>, spec: string | undefined): string {
  const manifest = JSON.parse(text) as { dependencies?: Record<string, string>, scripts?: Record<string, string> }
  const missing = plan.packages.filter(name => !(name in listed))
  const scripts = Object.entries(plan.scripts).filter(([name]) => !(name in (manifest.scripts ?? {})))
  if (missing.length === 0 && scripts.length === 0) return text
  if (scripts.length > 0) manifest.scripts = { ...manifest.scripts, ...Object.fromEntries(scripts) }
  if (missing.length > 0) {
    const all = { ...manifest.dependencies, ...testedVersions(missing, spec) }
    manifest.dependencies = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1))
  }
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  '
  return JSON.stringify(manifest, null, indent) + (text.endsWith('\n') ? '\n' : '')
}
