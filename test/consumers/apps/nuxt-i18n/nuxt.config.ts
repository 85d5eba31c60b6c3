export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['@nuxtjs/i18n', 'nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
  i18n: { strategy: 'prefix', defaultLocale: 'en', locales: [{ code: 'en' }, { code: 'ru' }] },
})
