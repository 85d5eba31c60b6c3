import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { satisfies } from 'verkit'
import { EVENT_CATALOGUE } from '../../portal/events/catalogue'
import { findOptionProblem } from '../../portal/options'
import { mergedDefaults, resolveOptions } from '../../options'
import { isRecord } from '../../runtime/utils/is-record'
import { withoutUndefined } from '../../runtime/utils/without-undefined'
import { readPackage } from '../read-package'
import type { Finding } from './finding'
import type { Installed } from './installed'
import { copiesOf, findInstalled } from './installed'

const PACKAGE = 'nuxt-b24-pull'

/** What a project's frames share: two of one are two stores, or two frames. */
const ONE_OF_EACH = ['pinia', 'vue', '@bitrix24/b24jssdk']

/** Beside what is found, what one wants to know. */
export interface ProjectReport {
  findings: Finding[]
  facts: { versions: string[], scopes: string[] }
}

/** Looks at the project in a folder: versions, copies, options, and the scopes that its registration needs. */
export async function examineProject(folder: string): Promise<ProjectReport> {
  const app = readPackage(folder)
  if (!app) {
    return { findings: [{ code: 'NO_PROJECT', title: `There is no package.json in ${folder}`, why: 'Without an address the project in the working directory is looked at.', fix: 'Go to the project\'s folder, or name the address of a deployed app.' }], facts: { versions: [], scopes: [] } }
  }
  const own = findInstalled(PACKAGE, folder)
  const sources = readSources(folder)
  const scopes = scopesOf(sources)
  if (!own) {
    return { findings: [{ code: 'NOT_INSTALLED', title: `${PACKAGE} is not installed here`, why: `No node_modules above ${folder} has it.`, fix: `npx ${PACKAGE} init, or npm install ${PACKAGE} @bitrix24/b24jssdk pinia @pinia/nuxt` }], facts: { versions: [], scopes } }
  }
  const isNuxt = findInstalled('nuxt', folder) !== null && 'nuxt' in { ...app.dependencies, ...app.devDependencies }
  const peers = Object.keys(own.peerDependencies ?? {}).map(name => findInstalled(name, folder)).filter(found => found !== null)
  return {
    findings: [
      ...missingPeers(own, folder, isNuxt),
      ...peers.flatMap(peer => unsupported(peer, own)),
      ...ONE_OF_EACH.flatMap(name => severalOf(name, folder, [...Object.keys(app.dependencies ?? {}), PACKAGE, '@pinia/nuxt'])),
      ...isNuxt ? [...ownPinia(sources), ...await wrongOptions(folder)] : [],
    ],
    facts: { versions: [own, ...peers].map(({ name, version }) => `${name} ${version}`), scopes },
  }
}

function missingPeers(own: Installed, folder: string, isNuxt: boolean): Finding[] {
  return Object.keys(own.peerDependencies ?? {})
    .filter(name => (name === '@pinia/nuxt' ? isNuxt : !own.peerDependenciesMeta?.[name]?.optional) && !findInstalled(name, folder))
    .map(name => ({ code: 'PEER_MISSING', title: `${name} is not installed`, why: `${PACKAGE} needs ${own.peerDependencies![name]} of it, which the app brings.`, fix: `npm install ${name}` }))
}

function unsupported({ name, version }: Installed, own: Installed): Finding[] {
  const range = own.peerDependencies![name]!
  if (satisfies(version, range, { includePrerelease: true })) return []
  return [{ code: 'VERSION_UNSUPPORTED', title: `${name} ${version} is not supported`, why: `${PACKAGE} ${own.version} needs ${range}.`, fix: `npm install ${name}@"${range}"` }]
}

function severalOf(name: string, folder: string, listed: readonly string[]): Finding[] {
  const copies = copiesOf(name, folder, listed)
  if (copies.length < 2) return []
  return [{
    code: 'TWO_COPIES',
    title: `${name} is installed ${copies.length} times: ${copies.map(({ version, folder }) => `${version} in ${folder}`).join(', ')}`,
    why: 'What one copy makes, the other does not know: two stores, two frames, composables that find nothing.',
    fix: `Bring the versions together (npm ls ${name} says who wants which), or name one under "overrides" of package.json.`,
  }]
}

/** A Pinia of a plugin's, beside the one that `@pinia/nuxt` makes. */
function ownPinia(sources: readonly Source[]): Finding[] {
  return sources.filter(({ path, text }) => /(?:^|\/)plugins\//.test(path) && /\bcreatePinia\s*\(/.test(text)).map(({ path }) => ({
    code: 'OWN_PINIA',
    title: `${path} makes a Pinia of its own`,
    why: 'The module brings @pinia/nuxt, which makes one, too: every page ends with `Cannot set property $pinia`.',
    fix: 'Delete the plugin, and give its options to @pinia/nuxt; plugins of Pinia go to `usePinia().use()`.',
  }))
}

async function wrongOptions(folder: string): Promise<Finding[]> {
  const { loadNuxtConfig } = await import('@nuxt/kit')
  const config = await loadNuxtConfig({ cwd: folder }) as unknown as { modules?: unknown[], b24Pull?: unknown, _layers?: { config?: { modules?: unknown[] } }[] }
  const modules = [config, ...(config._layers ?? []).map(layer => layer.config ?? {})].flatMap(({ modules = [] }) => modules).map(entry => Array.isArray(entry) ? entry as unknown[] : [entry])
  const listed = modules.find(([name]) => name === PACKAGE)
  if (!listed) {
    return [{ code: 'NOT_IN_MODULES', title: `${PACKAGE} is not among the modules of nuxt.config`, why: 'Installed alone it does nothing.', fix: `npx ${PACKAGE} init, or modules: ['${PACKAGE}']` }]
  }
  // As Nuxt merges them.
  const given = { ...isRecord(config.b24Pull) && withoutUndefined(config.b24Pull), ...isRecord(listed[1]) && withoutUndefined(listed[1]) }
  const wrong = (why: string): Finding => ({ code: 'WRONG_OPTION', title: 'An option under b24Pull is wrong', why, fix: 'Correct it in nuxt.config; docs/options.md has them all.' })
  try {
    const { portal } = resolveOptions({ ...mergedDefaults, ...given })
    const problem = isRecord(portal) ? findOptionProblem(portal) : null
    return problem ? [wrong(`b24Pull.portal${problem.name === null ? '' : `.${problem.name}`} was ${problem.was}. It may be ${problem.may}.`)] : []
  }
  catch (error) {
    return [wrong((error as Error).message.replace('[nuxt-b24-pull] ', ''))]
  }
}

interface Source {
  /** From the project's folder, with slashes. */
  path: string
  text: string
}

const SOURCES = new Set(['.ts', '.js', '.mjs', '.vue', '.tsx', '.jsx'])
const NO_SOURCES = new Set(['node_modules', 'dist', 'test', 'tests', 'coverage'])

function readSources(folder: string, within = ''): Source[] {
  if (!existsSync(join(folder, within))) return []
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const path = within ? `${within}/${entry.name}` : entry.name
    if (entry.isDirectory()) return entry.name.startsWith('.') || NO_SOURCES.has(entry.name) ? [] : readSources(folder, path)
    const text = SOURCES.has(extname(entry.name)) ? readSource(join(folder, path)) : null
    return text === null ? [] : [{ path, text }]
  })
}

/** Null for what only has the name of one: an editor's lock, say, which is a link that leads nowhere. */
function readSource(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  }
  catch {
    return null
  }
}

/** First words of REST methods that name their scope, or stand for another's name. */
const SCOPE_OF_METHOD: Readonly<Record<string, string>> = {
  bizproc: 'bizproc', calendar: 'calendar', catalog: 'catalog', crm: 'crm', department: 'department', disk: 'disk', entity: 'entity', im: 'im', imbot: 'imbot',
  imconnector: 'imconnector', imopenlines: 'imopenlines', lists: 'lists', log: 'log', placement: 'placement', pull: 'pull', sale: 'sale', sonet_group: 'sonet_group', task: 'task', tasks: 'task',
  telephony: 'telephony', timeman: 'timeman', user: 'user', userfieldconfig: 'userfieldconfig', voximplant: 'telephony',
}

/** What the registration has to grant, by the methods and events that the sources name. */
function scopesOf(sources: readonly Source[]): string[] {
  const scopes = new Set(['pull'])
  for (const { text } of sources) {
    for (const [, first = ''] of text.matchAll(/["'`]([a-z_]+)(?:\.[a-zA-Z_]\w*)+["'`]/g)) {
      const scope = Object.hasOwn(SCOPE_OF_METHOD, first) ? SCOPE_OF_METHOD[first] : undefined
      if (scope !== undefined) scopes.add(scope)
    }
    for (const [, event = ''] of text.matchAll(/["'`](on[a-z0-9]+)["'`]/gi)) {
      const name = event.toUpperCase()
      if (Object.hasOwn(EVENT_CATALOGUE, name)) scopes.add(EVENT_CATALOGUE[name as keyof typeof EVENT_CATALOGUE].scope)
    }
  }
  scopes.delete('basic')
  return [...scopes].sort()
}
