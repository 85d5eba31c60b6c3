export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['@bitrix24/b24jssdk-nuxt', '@bitrix24/b24ui-nuxt', 'nuxt-b24-pull'],
  css: ['~/assets/css/main.css'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
})
