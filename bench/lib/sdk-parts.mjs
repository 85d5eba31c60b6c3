import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, minifySync } from 'vite'
import { leaveOutProtobuf } from '../../src/setup-sdk-protobuf.ts'
import { root } from '../../scripts/lib/root.mjs'
import { sdkPart } from './sdk.mjs'

const FRAME_SDK = `${root}/src/runtime/app/frame/sdk.ts`
const PROTOBUF = `${root}/src/runtime/app/client/wire/push-protobuf.ts`

/**
 * Builds what an app loads of the SDK, as an app does, and takes it apart.
 * @returns {Promise<{ name: string, gzipped: number, parts: Record<string, { minified: number, gzipped: number }>, ways: string[][] }[]>} one for each
 * chunk: bytes by package, and for each library how its first file is come by from the SDK's own
 */
export async function weighSdk() {
  const importers = new Map()
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    root,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [leaveOutProtobuf(PROTOBUF), { name: 'importers', buildEnd() {
      for (const id of this.getModuleIds()) importers.set(id, this.getModuleInfo(id)?.importers ?? [])
    } }],
    build: { write: false, minify: true, modulePreload: false, target: 'esnext', rolldownOptions: { input: FRAME_SDK, preserveEntrySignatures: 'strict' } },
  }).then(result => [result].flat()[0])
  return output.filter(({ type }) => type === 'chunk').map(({ code, modules }) => ({
    name: sdkPart(code) ?? 'shared by both',
    gzipped: gzipSync(code).length,
    parts: weighParts(modules),
    ways: waysIn(Object.keys(modules), importers),
  }))
}

/** Each package's code, minified and after gzip by itself: together they compress a little better. */
function weighParts(modules) {
  const byPackage = Object.groupBy(Object.entries(modules), ([id]) => packageOf(id))
  return Object.fromEntries(Object.entries(byPackage).map(([name, files]) => {
    const { code } = minifySync('part.js', files.map(([, { code }]) => code ?? '').join('\n'), { module: true, compress: false })
    return [name, { minified: code.length, gzipped: gzipSync(code).length }]
  }).sort(([, a], [, b]) => b.gzipped - a.gzipped))
}

function waysIn(ids, importers) {
  const libraries = new Set(ids.map(packageOf).filter(name => !/b24jssdk|nuxt-b24-pull/.test(name)))
  return [...libraries].map((library) => {
    const first = ids.flatMap(id => packageOf(id) === library ? importers.get(id).filter(by => packageOf(by) !== library) : [])
    return [...new Set(first.map(id => relative(root, id).split('/esm/').at(-1)))].concat(library)
  })
}

/** The SDK's own code by folder, because it is one package and most of what loads. */
function packageOf(id) {
  const [, inPackages] = id.split(/node_modules\/(?!.*node_modules\/)/)
  if (!inPackages) return 'nuxt-b24-pull'
  const [, name] = inPackages.match(/^((?:@[^/]+\/)?[^/]+)/)
  return name === '@bitrix24/b24jssdk' ? `${name}/${inPackages.split('/esm/').at(-1).split('/').slice(0, -1)[0] ?? ''}` : name
}
