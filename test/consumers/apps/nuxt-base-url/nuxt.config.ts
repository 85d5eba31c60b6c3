export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['nuxt-b24-pull'],
  app: { baseURL: '/partner/app/' },
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
})
