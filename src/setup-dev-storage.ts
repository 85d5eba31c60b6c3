import type { Nuxt } from '@nuxt/schema'
import { provideStorage } from './runtime/utils/provide-storage'

/**
 * In development, keeps a page alive whose storage is denied (a frame in a private window, say): Vue's devtools,
 * which Pinia brings along in development builds, touch storage while they load and would stop the app.
 *
 * Drop when `@vue/devtools-kit` guards its access.
 */
export function setupDevStorage(nuxt: Nuxt): void {
  if (!nuxt.options.dev) return
  nuxt.options.app.head.script ??= []
  nuxt.options.app.head.script.unshift({ innerHTML: `(${provideStorage.toString()})(window, ['localStorage', 'sessionStorage'])`, tagPriority: 'critical' })
}
