export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['@pinia/nuxt', 'pinia-plugin-persistedstate/nuxt', 'nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
  // Each store is kept that does not refuse.
  piniaPluginPersistedstate: { auto: true, storage: 'localStorage' },
})
