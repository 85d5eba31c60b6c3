import { defineBuildConfig } from 'unbuild'

export default defineBuildConfig({
  // For what is bundled. The runtime is copied file by file, with names and comments, and needs none.
  sourcemap: true,
  entries: [
    { input: 'src/cli/index', name: 'cli/index' },
    { input: 'src/portal/index', name: 'portal/index' },
    { input: 'src/server/index', name: 'server/index' },
    { input: 'src/server/pg-boss', name: 'server/pg-boss' },
    { input: 'src/testing/index', name: 'testing/index' },
    { input: 'src/vue/index', name: 'vue/index' },
  ],
})
