export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['@pinia/nuxt', 'nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
  // An option of the app's own, without which its store is not found.
  pinia: { storesDirs: ['./my-stores/**'] },
})
