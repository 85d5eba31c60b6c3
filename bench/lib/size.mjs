import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, parseAst } from 'vite'
import { root } from '../../scripts/lib/root.mjs'
import { sdkPart, sdkParts } from './sdk.mjs'

const run = promisify(execFile)

/** Composables and the store, each with a call as an app makes it. */
export const CALLS = {
  usePull: 'usePull().status.value',
  usePullCommand: 'usePullCommand(\'application\', \'ping\').data.value',
  usePullOnline: 'usePullOnline(() => {})',
  usePullRefresh: 'usePullRefresh(() => []).refreshedAt.value',
  usePullSend: 'usePullSend().isSending.value',
  usePullState: 'usePullState(() => [], {}).state.value',
  usePullStore: 'usePullStore().status',
  usePullWatch: 'usePullWatch([\'tag\']).isWatching.value',
  usePushNotification: 'usePushNotification().isSending.value',
  useUserOnline: 'useUserOnline([1]).online.value',
}

/**
 * What the module weighs, in bytes after gzip, one file at a time as a server sends them.
 * @param {{ dir: string, packageDir: string }} packed the package as users get it
 * @returns {Promise<Sizes>} bytes
 * @typedef {object} Sizes
 * @property {{ withPinia: number, withModule: number, growth: number }} entry chunks that load before the app starts, of a Nuxt app with Pinia alone and with the module
 * @property {Record<string, number>} later chunks that load when they are needed, beside those of the app with Pinia alone
 * @property {boolean} isSdkLater whether all of the SDK is in chunks that load later
 * @property {boolean} isSharingLater whether all by which frames share a connection is, too
 * @property {Record<string, number>} composables what each adds to an app that uses only that one
 */
export async function measureSizes({ dir, packageDir }) {
  const home = join(dir, 'size')
  rmSync(home, { recursive: true, force: true })
  const before = await buildApp(join(home, 'pinia'), ['@pinia/nuxt'], packageDir)
  const after = await buildApp(join(home, 'module'), ['@pinia/nuxt', 'nuxt-b24-pull'], packageDir)
  const known = new Set(before.later.map(withoutNames))
  const later = after.later.filter(file => !known.has(withoutNames(file)))
  const withPinia = weigh(before.entry)
  const withModule = weigh(after.entry)
  return {
    entry: { withPinia, withModule, growth: withModule - withPinia },
    later: Object.fromEntries(later.map(file => [whatIsIn(file), weigh([file])])),
    isSdkLater: !after.entry.some(partOf) && sdkParts.every(part => later.some(file => partOf(file) === part)),
    isSharingLater: !after.entry.some(shares) && later.some(shares),
    composables: await weighComposables(join(home, 'composables'), packageDir),
  }
}

/** The app: one page and a store of its own, as every app with Pinia has. */
async function buildApp(project, modules, packageDir) {
  cpSync(join(root, 'bench/size/app'), project, { recursive: true })
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(packageDir, join(project, 'node_modules/nuxt-b24-pull'))
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await run(join(root, 'node_modules/.bin/nuxt'), ['build'], {
    cwd: project,
    env: { ...process.env, NODE_ENV: 'production', BENCH_MODULES: modules.join(), NUXT_TELEMETRY_DISABLED: '1' },
    maxBuffer: 2 ** 26,
  })
  const folder = join(project, '.output/public/_nuxt')
  const manifest = await import(join(project, '.nuxt/dist/server/client.manifest.mjs')).then(({ default: all }) => Object.values(all))
  const scripts = manifest.filter(({ resourceType }) => resourceType === 'script').map(({ file }) => join(folder, file))
  const entry = closure(manifest.filter(({ isEntry }) => isEntry).map(({ file }) => join(folder, file)))
  return { entry, later: scripts.filter(file => !entry.includes(file)) }
}

/** The given chunks, and all that load with them because they are imported statically. */
function closure(files) {
  const found = new Set()
  const visit = (file) => {
    if (found.has(file)) return
    found.add(file)
    for (const { source } of parseAst(readFileSync(file, 'utf8')).body) {
      if (source?.value.startsWith('.')) visit(join(file, '..', source.value))
    }
  }
  files.forEach(visit)
  return [...found]
}

/** An app's parts without Vue and Pinia, with each composable in turn and with none. */
async function weighComposables(home, packageDir) {
  const runtime = join(packageDir, 'dist/runtime/app')
  const base = await weighBundle(join(home, 'none'), runtime, [])
  const sizes = {}
  for (const name of Object.keys(CALLS)) sizes[name] = await weighBundle(join(home, name), runtime, [name]) - base
  return sizes
}

async function weighBundle(project, runtime, names) {
  mkdirSync(project, { recursive: true })
  const from = name => join(runtime, name === 'usePullStore' ? 'stores' : 'composables', name)
  writeFileSync(join(project, 'entry.js'), [
    `import plugin from ${JSON.stringify(join(runtime, 'plugins/pull.client'))}`,
    ...names.map(name => `import { ${name} } from ${JSON.stringify(from(name))}`),
    'console.log(plugin)',
    ...names.map(name => `export const setup = () => ${CALLS[name]}`),
  ].join('\n'))
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    root: project,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      lib: { entry: join(project, 'entry.js'), formats: ['es'], fileName: 'entry' },
      rolldownOptions: { external: /^(?:vue|pinia|consola|#|@bitrix24)/ },
    },
  }).then(result => [result].flat()[0])
  const chunks = new Map(output.map(chunk => [chunk.fileName, chunk]))
  const wanted = new Set()
  const visit = (fileName) => {
    const chunk = chunks.get(fileName)
    if (!chunk || wanted.has(chunk)) return
    wanted.add(chunk)
    chunk.imports.forEach(visit)
  }
  output.filter(({ isEntry }) => isEntry).forEach(({ fileName }) => visit(fileName))
  return [...wanted].reduce((sum, { code }) => sum + gzipSync(code).length, 0)
}

/** What a chunk holds but for the names of other chunks and of what they export, which differ from app to app. */
const withoutNames = file => readFileSync(file, 'utf8').replace(/import\{[^}]*\}from"[^"]*"/g, '')

function weigh(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
}

const partOf = file => sdkPart(readFileSync(file, 'utf8'))

/** Whether a chunk has the names of what frames share a connection by: the browser's own, which no bundler shortens. */
const shares = file => /\bBroadcastChannel\b|\.locks\b/.test(readFileSync(file, 'utf8'))

function whatIsIn(file) {
  const code = readFileSync(file, 'utf8')
  const part = sdkPart(code)
  if (part) return part
  if (code.includes('CONNECT_TIMEOUT')) return 'connection'
  if (code.includes('pull.application.event.add')) return 'sending'
  if (code.includes('pull.application.push.add')) return 'push notifications'
  if (code.includes('createConsola')) return 'consola'
  return relative(root, file).split('/').at(-1)
}
