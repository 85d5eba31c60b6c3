export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['@vite-pwa/nuxt', 'nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
  pwa: { registerType: 'autoUpdate', manifest: { name: 'Pings', icons: [] } },
})
