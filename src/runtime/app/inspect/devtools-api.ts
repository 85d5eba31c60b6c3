// By a file of its own: a bundler makes what is imported dynamically a chunk, and would load the package, which Pinia imports as well,
// before everything else, the guard of a denied storage (utils/guard-dev-storage.ts) included.
export { onDevToolsClientConnected, setupDevToolsPlugin } from '@vue/devtools-api'
