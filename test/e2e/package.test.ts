import { existsSync, readFileSync } from 'node:fs'
import { builtinModules, SourceMap } from 'node:module'
import type { SourceMapPayload } from 'node:module'
import { join, relative } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import budgets from '../consumers/size/budgets.json'
import { measurePackage } from '../consumers/size/measure'
import { overPackageBudget } from '../consumers/size/over-budget'
import { builtFiles, sentences, staticImports, textOf } from '../support/bundle'
import { mustRun, runTool } from '../support/tool'

const { dir, tarball, packageDir, appDir } = inject('packed')

/** Everything that users get, by pattern. */
const WANTED = [
  /^(?:package\.json|LICENSE|README(?:\.[a-z]{2})?\.md)$/,
  /^bin\/nuxt-b24-pull\.mjs$/,
  /^skills\/nuxt-b24-pull\/SKILL\.md$/,
  /^dist\/(?:module\.json|types\.d\.mts)$/,
  /^dist\/(?:module|(?:cli|playwright|portal|record|server|testing|vue)\/index|server\/pg-boss)\.(?:mjs|mjs\.map|d\.mts)$/,
  /^dist\/(?:chunks|shared)\/[\w.-]+\.(?:mjs|mjs\.map|d\.mts)$/,
  /^templates\/nuxt\/(?:[\w-]+\/)*[\w.-]+\.(?:ts|vue|json|md)$/,
  /^templates\/nuxt\/_gitignore$/,
  /^dist\/portal-page\/(?:index\.html|assets\/[\w-]+\.(?:js|css))$/,
  /^dist\/runtime\/(?:app|recording|rest|schema|server|texts|types|utils)\/(?:[\w-]+\/)*[\w-]+(?:\.client)?\.(?:js|d\.ts)$/,
]

/** What the dev portal and its command stand on, and an app does not. */
const PORTAL_ONLY = ['h3', 'srvx', 'crossws', 'pbf', 'citty']

/** Runs a tool of this repository; what it printed is what a failing test shows. */
async function tool(name: string, ...args: string[]): Promise<{ status: number, output: string }> {
  const { status, stdout, stderr } = await runTool(join(root, 'node_modules/.bin', name), args, { cwd: root })
  return { status, output: stdout + stderr }
}

/** The source map that a built file names. */
function mapOf(file: string): SourceMapPayload | undefined {
  const name = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(join(packageDir, file), 'utf8'))?.[1]
  const map = join(packageDir, file, '..', name ?? '')
  return name && existsSync(map) ? JSON.parse(readFileSync(map, 'utf8')) as SourceMapPayload : undefined
}

/** The source file from which a line of a built one comes. */
function placeInSources(file: string, text: string): string | undefined {
  const lines = readFileSync(join(packageDir, file), 'utf8').split('\n')
  const line = lines.findIndex(line => line.includes(text))
  if (line < 0) return
  const entry = new SourceMap(mapOf(file)!).findEntry(line, lines[line]!.indexOf(text))
  return 'originalSource' in entry ? entry.originalSource : undefined
}

/** What Node loads with a module of the package, as paths; `nuxt` lets an app start up with these options. */
async function loadedWith(target: string, nuxt?: object): Promise<string[]> {
  const args = [join(root, 'test/support/print-loaded.mjs'), target, ...nuxt ? [JSON.stringify(nuxt)] : []]
  const printed = await mustRun(process.execPath, args, { cwd: appDir })
  const urls = JSON.parse(printed.trim().split('\n').at(-1)!) as string[]
  return urls.filter(url => url.startsWith('file:')).map(url => fileURLToPath(url))
}

/** Which of the packages stand behind these paths. */
function packagesAmong(names: string[], paths: string[]): string[] {
  return names.filter(name => paths.some(path => path.includes(`/node_modules/${name}/`)))
}

describe('the packed package', () => {
  let files: string[]

  beforeAll(async () => {
    files = (await mustRun('tar', ['-tzf', tarball])).trim().split('\n').map(file => file.replace(/^package\//, ''))
  })

  it('satisfies publint', async () => {
    const { status, output } = await tool('publint', 'run', tarball, '--strict')
    expect(status, output).toBe(0)
  })

  it('has types that resolve wherever it is imported as a module', async () => {
    const { status, output } = await tool('attw', tarball, '--profile', 'esm-only')
    expect(status, output).toBe(0)
  })

  it('holds the module, its types, the portal and the portal\'s page', () => {
    expect(files).toEqual(expect.arrayContaining([
      'package.json', 'README.md', 'README.ru.md', 'LICENSE', 'skills/nuxt-b24-pull/SKILL.md',
      'dist/module.mjs', 'dist/types.d.mts', 'dist/portal/index.mjs', 'dist/portal/index.d.mts', 'dist/portal-page/index.html',
    ]))
  })

  it('holds no test, fixture, source of the playground, or stray file', () => {
    expect(files.filter(file => !WANTED.some(pattern => pattern.test(file)))).toEqual([])
  })

  it('is what `npm pack --dry-run` lists', async () => {
    // Where it was packed from, because the repository's own `dist` is the stub of development.
    const printed = await mustRun('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--workspaces=false'], { cwd: join(dir, 'stage') })
    const packs = Object.values(JSON.parse(printed) as Record<string, { files: { path: string }[] }>)
    expect(packs.flatMap(({ files }) => files.map(({ path }) => path)).sort()).toEqual([...files].sort())
  })

  it('leads back from what is bundled to its sources, which it holds', () => {
    const bundled = files.filter(file => file.endsWith('.mjs') && file.startsWith('dist/'))
    const broken = bundled.filter(file => mapOf(file)?.sourcesContent?.length !== mapOf(file)?.sources.length)
    expect(broken).toEqual([])
    expect(bundled.map(file => placeInSources(file, 'async function createPortal(')).filter(Boolean)).toEqual([expect.stringMatching(/src\/portal\/create-portal\.ts$/)])
  })

  it('keeps within its budgets', () => {
    expect(overPackageBudget(measurePackage({ tarball, packageDir }), budgets)).toEqual([])
  })

  it('is the real build and not the stub of development, which points into this machine', () => {
    const built = [...builtFiles(join(packageDir, 'dist')), ...files.filter(file => file.endsWith('.map')).map(file => join(packageDir, file))]
    const pointing = built.filter(file => [root, 'jiti'].some(word => textOf([file]).includes(word)))
    expect(pointing.map(file => relative(packageDir, file))).toEqual([])
  })

  it('imports only what it declares', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
    // `vue` and `vue-router` come with nuxt, which is a peer.
    const declared = new Set([...Object.keys({ ...dependencies, ...peerDependencies }), ...builtinModules, 'vue', 'vue-router'])
    const undeclared = builtFiles(join(packageDir, 'dist'))
      .filter(file => /\.m?js$/.test(file) && !file.includes('portal-page'))
      .flatMap(file => staticImports(file).map(source => ({ file: relative(packageDir, file), source })))
      .filter(({ source }) => !/^(?:\.|#|node:)/.test(source) && !declared.has(source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/')))
    expect(undeclared).toEqual([])
  })
})

describe('what users may import', () => {
  const apps = join(root, 'test/consumers/apps')
  const looksAt = (...files: string[]) => files.map(file => readFileSync(join(apps, file), 'utf8')).join('\n')
  const entryFile = (entry: string) => join(packageDir, 'dist', entry)

  const ENTRIES: [entry: string, files: string[]][] = [
    ['types.d.mts', ['shared/types/public.ts', 'nuxt/types/in-config.ts']],
    ['vue/index.d.mts', ['shared/types/public.ts', 'vue/src/nothing-is-any.ts']],
    ['portal/index.d.mts', ['shared/types/in-node.ts']],
    ['testing/index.d.mts', ['shared/types/in-node.ts']],
    ['server/index.d.mts', ['shared/types/in-node.ts']],
  ]

  /** Of all entries: most of what their types stand on is the same. */
  let program: ts.Program

  beforeAll(() => {
    program = ts.createProgram(ENTRIES.map(([entry]) => entryFile(entry)), { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, skipLibCheck: true })
  })

  /** What an entry of the package exports, types among it. */
  function exportsOf(entry: string): string[] {
    const checker = program.getTypeChecker()
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(entryFile(entry))!)
    return checker.getExportsOfModule(symbol!).map(({ name }) => name)
  }

  it.each(ENTRIES)('from %s is looked at, all of it, by the type tests of the consumers', (entry, files) => {
    const text = looksAt(...files)
    const names = exportsOf(entry).filter(name => name !== 'default')
    expect(names.length).toBeGreaterThan(5)
    expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  })
})

describe('what only the dev portal needs', () => {
  const entry = (file: string) => pathToFileURL(join(packageDir, 'dist', file)).href

  it('is loaded with the portal', async () => {
    expect(packagesAmong(PORTAL_ONLY, [...await loadedWith(entry('portal/index.mjs')), ...await loadedWith(entry('cli/index.mjs'))])).toEqual(PORTAL_ONLY)
  })

  it.each(['module.mjs', 'server/index.mjs', 'testing/index.mjs', 'vue/index.mjs'])('is not loaded with %s', async (file) => {
    const loaded = await loadedWith(entry(file))
    expect(loaded.map(path => relative(packageDir, path))).toContain(join('dist', file))
    expect(packagesAmong(PORTAL_ONLY, loaded)).toEqual([])
  })

  it('is not loaded by an app under development that does not ask for the portal', async () => {
    const loaded = await loadedWith('@nuxt/kit', { cwd: appDir, dev: true, overrides: { b24Pull: { portal: false } } })
    const own = loaded.filter(path => path.startsWith(packageDir)).map(path => relative(packageDir, path))
    expect(own).toContain('dist/module.mjs')
    expect(own.filter(file => /^dist\/(?:chunks|cli|portal)\//.test(file))).toEqual([])
    // Nuxt itself has some of the others.
    expect(packagesAmong(['pbf'], loaded)).toEqual([])
  })

  it('is not loaded by a build of an app that gives the portal options: these are checked without it', async () => {
    const loaded = await loadedWith('@nuxt/kit', { cwd: appDir, overrides: { b24Pull: { portal: { users: [{ id: 7 }] } } } })
    const own = loaded.filter(path => path.startsWith(packageDir)).map(path => relative(packageDir, path))
    expect(own).toContain('dist/module.mjs')
    expect(own.filter(file => /^dist\/(?:cli|portal)\//.test(file))).toEqual([])
    // Nuxt itself has some of the others.
    expect(packagesAmong(['pbf'], loaded)).toEqual([])
  })

  // Apps themselves read with pbf what comes from a push server of version 4.
  it.each(PORTAL_ONLY.filter(name => name !== 'pbf'))('has left nothing of %s in a production build', (name) => {
    const scripts = (...path: string[]) => builtFiles(join(root, 'node_modules', ...path)).filter(file => /\.m?js$/.test(file))
    // Nitro has other versions of some, and brings its own sentences; so does Valibot, which the playground uses itself.
    const rightful = textOf([...scripts('nitropack'), ...scripts('valibot')])
    const markers = sentences(scripts(name)).filter(sentence => !rightful.includes(sentence))
    expect(markers.length).toBeGreaterThan(1)
    const output = textOf(builtFiles(join(appDir, '.output')))
    expect(markers.filter(marker => output.includes(marker))).toEqual([])
  })
})
