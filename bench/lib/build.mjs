import { join } from 'node:path'
import { build } from 'vite'
import { root } from '../../scripts/lib/root.mjs'
import { serve } from './serve.mjs'

/** Ignored by git. */
const HOME = join(root, 'node_modules/.cache/nuxt-b24-pull-bench')

/** As in production everywhere: a development build freezes messages, warns and tracks more. */
const production = { configFile: false, logLevel: 'error', mode: 'production', define: { 'process.env.NODE_ENV': '"production"' } }

/**
 * Bundles the parts that run in Node, libraries included, so that all of them are the builds that users get.
 * @param {'production' | 'development'} kind of build
 */
export async function buildNodeParts(kind = 'production') {
  const outDir = join(HOME, kind === 'production' ? 'node' : 'node-development')
  await build({
    ...production,
    root: join(root, 'bench/node'),
    define: { 'process.env.NODE_ENV': JSON.stringify(kind), '__VUE_OPTIONS_API__': 'true', '__VUE_PROD_DEVTOOLS__': 'false', '__VUE_PROD_HYDRATION_MISMATCH_DETAILS__': 'false' },
    build: { ssr: true, outDir, emptyOutDir: true, minify: false, target: 'node22', rolldownOptions: { input: join(root, 'bench/node/index.ts'), external: ['mitata'], output: { entryFileNames: '[name].mjs' } } },
    // What a bundler takes for a page. Vite would give Node the CommonJS builds of Vue, in which each call of Vue goes by a getter.
    ssr: { noExternal: true, external: ['mitata'], resolve: { conditions: ['browser', 'import', 'module', 'default', kind] } },
  })
  return join(outDir, 'index.mjs')
}

/**
 * Builds a page of `bench/pages` and serves it.
 * @param {string} name its folder
 * @param {'production' | 'development'} kind of build
 */
export async function servePage(name, kind = 'production') {
  const outDir = join(HOME, name)
  await build({
    ...production,
    define: { 'process.env.NODE_ENV': JSON.stringify(kind) },
    root: join(root, 'bench/pages', name),
    // Nuxt, too, leaves Pinia's devtools out of a production build.
    resolve: { alias: kind === 'production' ? { '@vue/devtools-api': 'vue-devtools-stub' } : {} },
    build: { outDir, emptyOutDir: true, target: 'esnext' },
  })
  return serve(outDir)
}
