// The repository's own Nuxt app: it feeds `nuxt prepare`, the type check and the `nuxt` test project.
export default defineNuxtConfig({
  modules: ['./src/module'],
  devtools: { enabled: false },
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
})
