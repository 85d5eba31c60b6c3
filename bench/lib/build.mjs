import { join } from 'node:path'
import { build, preview } from 'vite'
import { root } from '../../scripts/lib/root.mjs'

/** Ignored by git. */
const HOME = join(root, 'node_modules/.cache/nuxt-b24-pull-bench')

/** As in production everywhere: a development build freezes messages, warns and tracks more. */
const production = { configFile: false, logLevel: 'error', mode: 'production', define: { 'process.env.NODE_ENV': '"production"' } }

/** Bundles the parts that run in Node, libraries included, so that all of them are the builds that users get. */
export async function buildNodeParts() {
  const outDir = join(HOME, 'node')
  await build({
    ...production,
    root: join(root, 'bench/node'),
    define: { ...production.define, __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    build: { ssr: true, outDir, emptyOutDir: true, minify: false, target: 'node22', rolldownOptions: { input: join(root, 'bench/node/index.ts'), external: ['mitata'], output: { entryFileNames: '[name].mjs' } } },
    ssr: { noExternal: true, external: ['mitata'] },
    resolve: { conditions: ['browser', 'import', 'module', 'default'] },
  })
  return join(outDir, 'index.mjs')
}

/**
 * Builds a page of `bench/pages` as for production and serves it on a free loopback port.
 * @param {string} name its folder
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} where it is
 */
export async function servePage(name) {
  // Nuxt, too, leaves Pinia's devtools out of a production build.
  const shared = { ...production, root: join(root, 'bench/pages', name), resolve: { alias: { '@vue/devtools-api': 'vue-devtools-stub' } } }
  const outDir = join(HOME, name)
  await build({ ...shared, build: { outDir, emptyOutDir: true, target: 'esnext' } })
  const server = await preview({ configFile: false, logLevel: 'error', root: shared.root, build: { outDir }, preview: {
    port: 0,
    host: '127.0.0.1',
    // A process of its own in the browser, and still the portal's site: the SDK by itself does not start where storage is denied.
    headers: { 'origin-agent-cluster': '?1' },
  } })
  return { url: `http://127.0.0.1:${server.httpServer.address().port}`, stop: () => server.close() }
}
