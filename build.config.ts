import { defineBuildConfig } from 'unbuild'

/** Rollup would name in one entry, as an empty import, what only another one needs: types of `/server` would want pg-boss. */
const onlyOwnImports = { name: 'only-own-imports', outputOptions: (options: object) => ({ ...options, hoistTransitiveImports: false }) }

export default defineBuildConfig({
  // For what is bundled. The runtime is copied file by file, with names and comments, and needs none.
  sourcemap: true,
  entries: [
    { input: 'src/cli/index', name: 'cli/index' },
    { input: 'src/playwright/index', name: 'playwright/index' },
    { input: 'src/portal/index', name: 'portal/index' },
    { input: 'src/record/index', name: 'record/index' },
    { input: 'src/server/index', name: 'server/index' },
    { input: 'src/testing/index', name: 'testing/index' },
    { input: 'src/vue/index', name: 'vue/index' },
    // Last, because it shares its folder with another one: whatever stands behind such an entry is read by one more compiler, each with all of Nuxt's types.
    { input: 'src/server/pg-boss', name: 'server/pg-boss' },
  ],
  hooks: {
    'rollup:options': (_, options) => void options.plugins.push(onlyOwnImports),
    'rollup:dts:options': (_, options) => {
      // Nobody imports the command, and the types of all that it stands on are many. Without their extension, no entry is found in the
      // compiler that has read them all, and each is read by one more.
      const entries = Object.entries(options.input as Record<string, string>).filter(([name]) => !name.startsWith('cli/'))
      options.input = Object.fromEntries(entries.map(([name, file]) => [name, file.endsWith('.ts') ? file : `${file}.ts`]))
      options.plugins.push(onlyOwnImports)
    },
  },
})
