export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['nuxt-b24-pull'],
  future: { compatibilityVersion: 5 },
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
})
