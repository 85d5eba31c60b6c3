import type { Nuxt } from '@nuxt/schema'

/** What the browser's half asks for by a bare name, mostly late: at the first line of the log, for a frame, in the inspector. */
const DEPENDENCIES = ['@bitrix24/b24jssdk', '@jridgewell/trace-mapping', '@vue/devtools-api', 'consola/basic', 'error-stack-parser-es/lite']

/**
 * In development, has Vite prepare beforehand what it would else first meet while the page runs. What a package in node_modules imports
 * it hands over as it is, the SDK in a hundred files; what sources import too, those of the app or of a workspace, it prepares when it
 * meets it, and reloads the page in the midst of connecting.
 */
export function setupDevPrebundle(nuxt: Nuxt): void {
  if (!nuxt.options.dev) return
  nuxt.options.vite.optimizeDeps ??= {}
  nuxt.options.vite.optimizeDeps.include ??= []
  // By way of this package: an app need not list what only this one does.
  nuxt.options.vite.optimizeDeps.include.push(...DEPENDENCIES.map(name => `nuxt-b24-pull > ${name}`))
}
