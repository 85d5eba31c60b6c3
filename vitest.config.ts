import { fileURLToPath } from 'node:url'
import { defineVitestProject } from '@nuxt/test-utils/config'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import type { TestProjectConfiguration } from 'vitest/config'
import { patient } from './test/support/patience.ts'

const rootDir = fileURLToPath(new URL('.', import.meta.url))

/**
 * Files share their worker and the modules in it: a worker for each takes longer than what is in most of them. What a file puts in the
 * place of something, it puts back.
 */
const together = { isolate: false }

/** Pure code and Vue without Nuxt. A file that needs a document asks for it: `// @vitest-environment happy-dom`. */
const unit: TestProjectConfiguration = {
  plugins: [vue()],
  test: {
    name: 'unit',
    ...patient,
    ...together,
    // Some of it mostly waits.
    maxWorkers: 3,
    environment: 'node',
    include: ['test/unit/**/*.test.ts', 'test/contract/*.test.ts'],
  },
}

/** README, docs and CONTRIBUTING against the sources; their examples are compiled. */
const docs: TestProjectConfiguration = {
  test: {
    name: 'docs',
    ...patient,
    ...together,
    environment: 'node',
    include: ['test/docs/**/*.test.ts'],
  },
}

/** What the module does while Nuxt starts up. One file at a time: it is the repository's own app that starts. */
const build: TestProjectConfiguration = {
  test: {
    name: 'build',
    ...patient,
    environment: 'node',
    include: ['test/build/**/*.test.ts'],
    fileParallelism: false,
  },
}

/** Inside a Nuxt app that uses `src/module.ts`: the one in the repository's own `nuxt.config.ts`. */
const nuxt = () => defineVitestProject({
  test: {
    name: 'nuxt',
    ...patient,
    include: ['test/nuxt/**/*.test.ts'],
    environment: 'nuxt',
    environmentOptions: {
      nuxt: {
        rootDir,
        domEnvironment: 'happy-dom',
        // The portal's h3 2 is what stands in node_modules, but Nuxt 4 serves with h3 1, and the helper would guess
        // from the former. Drop when Nuxt itself moves to h3 2.
        h3Version: 1,
      },
    },
  },
})

/** Real Chromium and a real portal, with pages that Vite builds from the sources. */
const pages: TestProjectConfiguration = {
  test: {
    name: 'pages',
    ...patient,
    environment: 'node',
    include: ['test/pages/**/*.test.ts'],
    maxWorkers: 2,
    ...together,
  },
}

/** Real Chromium, real servers, the package as it is published. Two files at a time: each starts processes of its own, which wait for each other. */
const e2e: TestProjectConfiguration = {
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/support/build-package.ts'],
    maxWorkers: 2,
    ...together,
    ...patient,
  },
}

/**
 * The contract of a connection, in Chromium, on each generation of the push server. Long polling spends its time waiting,
 * so several files run at once.
 */
const contract: TestProjectConfiguration = {
  test: {
    name: 'contract',
    environment: 'node',
    include: ['test/contract/chromium/v*.test.ts'],
    maxWorkers: 4,
    ...together,
    ...patient,
  },
}

/**
 * One connection for all frames of an app, in a Chromium as people have it: that of the other projects refuses locks where frames need
 * them. `npm run test:shared` also has the contract of a connection as the leader, and two hundred deaths of it.
 */
const shared: TestProjectConfiguration = {
  test: {
    name: 'shared',
    environment: 'node',
    include: ['test/shared/*.test.ts', `test/contract/chromium/shared-${process.argv.includes('long') ? '*' : 'follower'}.test.ts`],
    maxWorkers: 2,
    ...patient,
  },
}

/**
 * What hurts: broken frames, cuts, denied storage, a thousand starts and stops. In Chromium, against the dev portal.
 * A short run by default; `npm run test:chaos` is the long one.
 */
const chaos: TestProjectConfiguration = {
  test: {
    name: 'chaos',
    environment: 'node',
    include: ['test/chaos/**/*.test.ts'],
    maxWorkers: 2,
    ...together,
    ...patient,
  },
}

/** Needs the garbage collector at hand, hence processes of its own. */
const memory: TestProjectConfiguration = {
  plugins: [vue()],
  test: {
    name: 'memory',
    environment: 'happy-dom',
    include: ['test/memory/**/*.test.ts'],
    execArgv: ['--expose-gc'],
    fileParallelism: false,
    ...patient,
  },
}

/** Types of the whole repository, and assertions about them: one run of the compiler. */
const types: TestProjectConfiguration = {
  test: {
    name: 'types',
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      checker: 'vue-tsc',
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
      ignoreSourceErrors: false,
      spawnTimeout: 60_000,
    },
  },
}

const withoutNuxt = { unit, docs, build, pages, e2e, contract, shared, chaos, memory, types }

/**
 * Booting Nuxt costs seconds and fails when the module does, so a run of other projects only goes without it.
 * Patterns and exclusions count as "maybe".
 */
function wantsNuxt(argv: string[]): boolean {
  const asked = argv.flatMap((arg, i) => arg === '--project' ? [argv[i + 1] ?? ''] : arg.startsWith('--project=') ? [arg.slice(10)] : [])
  return asked.length === 0 || asked.some(name => !(name in withoutNuxt))
}

export default defineConfig({
  test: {
    projects: [...Object.values(withoutNuxt), ...(wantsNuxt(process.argv) ? [nuxt()] : [])],
  },
})
