import { createCrm } from './portal/crm'

/** The system's, from before the first paint on. The kit's own choice is kept in `localStorage`, which a frame may be refused. */
const colours = `
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.classList.toggle('dark', dark.matches)
    document.documentElement.classList.toggle('light', !dark.matches)
  }
  apply()
  dark.addEventListener('change', apply)
`

export default defineNuxtConfig({
  modules: ['@bitrix24/b24ui-nuxt', 'nuxt-b24-pull'],
  $development: {
    // The dev portal's.
    runtimeConfig: { b24: { clientId: 'local.dev-portal', clientSecret: 'dev-portal-secret' } },
  },
  devtools: { enabled: false },
  app: {
    head: { title: 'CRM mirror', htmlAttrs: { lang: 'en' }, script: [{ innerHTML: colours }] },
  },
  css: ['~/assets/css/main.css'],
  runtimeConfig: {
    // In production `NUXT_B24_CLIENT_ID` and `NUXT_B24_CLIENT_SECRET`, of the app's registration; `NUXT_B24_PORTAL` is the one
    // portal that may install it, such as `example.bitrix24.com`. Empty means any.
    b24: { clientId: '', clientSecret: '', portal: '' },
  },
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: {
    portal: { install: true, installUrl: '/install', installCallback: '/api/b24-events', rest: createCrm() },
  },
  b24ui: { colorMode: false, prose: false, mdc: false },
})
