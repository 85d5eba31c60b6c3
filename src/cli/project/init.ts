import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { runScriptCommand } from 'nypm'
import { CliError, EXIT } from '../exit-codes'
import { testedVersions } from '../own-package'
import { likeBefore, toPlain } from '../plain-text'
import { readGiven } from '../read-given'
import { readPackage } from '../read-package'
import type { CliSurroundings } from '../surroundings'
import { createTell } from '../tell'
import { INIT_ARGS } from './args'
import { install } from './install'
import { packageManagerOf } from './package-manager'
import type { App, Plan } from './plan'
import { planNuxt } from './plan-nuxt'
import { planVite } from './plan-vite'

/**
 * Adds the module to an app: package, configuration, and a first component. Writes over nothing but by adding, and shows what it adds.
 *
 * @returns exit code
 * @throws CliError where there is no app that it knows
 */
export async function runInit(argv: readonly string[], { out, folder, env }: CliSurroundings): Promise<number> {
  const { flags } = readGiven(argv, INIT_ARGS)
  const manifest = readPackage(folder)
  const listed = { ...manifest?.dependencies, ...manifest?.devDependencies }
  const packageManager = await packageManagerOf(folder, env)
  const app: App = {
    has: path => existsSync(join(folder, path)),
    read: (path) => {
      const raw = readRaw(join(folder, path))
      return raw === null ? null : toPlain(raw)
    },
    run: script => runScriptCommand(packageManager.name, script),
  }
  const plan = 'nuxt' in listed ? planNuxt(app) : 'vite' in listed && 'vue' in listed ? planVite(app) : null
  if (!plan) {
    throw new CliError('NO_APP', `${folder} has no app of Nuxt, nor of Vite and Vue: its package.json ${manifest ? 'lists neither' : 'is missing'}. Go to the app's folder, or make a new one: nuxt-b24-pull create my-app.`)
  }
  const texts = [['package.json', withPackages(app.read('package.json')!, plan, listed, flags.get('package')?.[0])] as const, ...plan.files]
  const changes = texts.map(([path, after]) => ({ path, before: app.read(path), after })).filter(({ before, after }) => before !== after)
  const isWritten = changes.length > 0 && !flags.has('dry-run')
  const isInstalled = isWritten && !flags.has('no-install')
  if (!flags.has('json')) for (const change of changes) out(diffOf(change))
  if (isWritten) for (const { path, after } of changes) write(join(folder, path), after)
  if (isInstalled) await install(folder, packageManager, { silent: flags.has('json') })
  createTell(flags, out)(
    { folder, changes: changes.map(change => ({ path: change.path, diff: diffOf(change) })), isWritten, isInstalled, hints: plan.hints },
    [...summaryOf(changes.length, isWritten), ...plan.hints],
  )
  return EXIT.done
}

/** A file that is to have another text. */
interface Change {
  path: string
  /** Null where there is no such file. */
  before: string | null
  after: string
}

function diffOf({ path, before, after }: Change): string {
  return createTwoFilesPatch(before === null ? '/dev/null' : path, path, before ?? '', after, undefined, undefined, { context: 2, headerOptions: FILE_HEADERS_ONLY }).trimEnd()
}

function readRaw(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const raw = readRaw(path)
  writeFileSync(path, raw === null ? text : likeBefore(text, raw))
}

/** What the diffs do not say. */
function summaryOf(count: number, isWritten: boolean): string[] {
  if (count === 0) return ['Everything is there already: nothing was changed.']
  return isWritten ? [] : [`${count} files would change; nothing was written.`]
}

/** The text of package.json with what is missing, in the order and the indent that it has. */
function withPackages(text: string, plan: Plan, listed: Readonly<Record<string, string>>, spec: string | undefined): string {
  const manifest = JSON.parse(text) as { dependencies?: Record<string, string>, scripts?: Record<string, string> }
  const missing = plan.packages.filter(name => !(name in listed))
  const scripts = Object.entries(plan.scripts).filter(([name]) => !(name in (manifest.scripts ?? {})))
  if (missing.length === 0 && scripts.length === 0) return text
  if (scripts.length > 0) manifest.scripts = { ...manifest.scripts, ...Object.fromEntries(scripts) }
  if (missing.length > 0) {
    const all = { ...manifest.dependencies, ...testedVersions(missing, { spec, pinia: listed.pinia }) }
    manifest.dependencies = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1))
  }
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  '
  return JSON.stringify(manifest, null, indent) + (text.endsWith('\n') ? '\n' : '')
}
