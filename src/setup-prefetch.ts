import type { Nuxt } from '@nuxt/schema'

/** What an app loads to connect, as Vite's manifest names it: relative to the app, with the extension of the build or of this repository. */
const LATER = /\/runtime\/app\/(?:frame\/sdk(?:-pull)?|engine)\.[jt]s$/

/**
 * Keeps SDK and connection out of the page's `<link rel="prefetch">`, by which Nuxt has a browser load all that the entry
 * imports dynamically: it would compete with the app itself, and be loaded in vain where the page is in no frame.
 */
export function setupPrefetch(nuxt: Nuxt): void {
  nuxt.hook('build:manifest', (manifest) => {
    for (const chunk of Object.values(manifest)) {
      if (chunk.src && LATER.test(chunk.src)) chunk.prefetch = false
    }
  })
}
