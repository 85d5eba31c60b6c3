import { readFileSync } from 'node:fs'
import { colorMode } from './head-scripts'
import { createPortalRest } from './portal/rest'

/** The dev portal's only: in production it comes from `NUXT_B24_APPLICATION_TOKEN`. */
const devApplicationToken = 'of-the-dev-portal'

/** Shown beside its card. Nuxt lets no code of the app import from `server/`, not even as text. */
const eventHandlerSource = readFileSync(new URL('server/api/b24-events.post.ts', import.meta.url), 'utf8')

export default defineNuxtConfig({
  modules: ['@bitrix24/b24ui-nuxt', 'nuxt-b24-pull'],
  $development: {
    runtimeConfig: { b24: { applicationToken: devApplicationToken } },
  },
  devtools: { enabled: false },
  app: {
    head: {
      title: 'Pull playground',
      htmlAttrs: { lang: 'en' },
      script: [{ innerHTML: colorMode }],
    },
  },
  css: ['~/assets/css/main.css'],
  runtimeConfig: {
    // Empty means that no event of a portal is believed.
    b24: { applicationToken: '', clientId: '', clientSecret: '' },
  },
  compatibilityDate: '2026-11-01',
  vite: {
    define: { EVENT_HANDLER_SOURCE: JSON.stringify(eventHandlerSource) },
    // What Vite would first meet while the page runs, and reload it.
    optimizeDeps: {
      include: [
        'valibot',
        '@bitrix24/b24icons-vue/outline/AlertIcon',
        '@bitrix24/b24icons-vue/outline/InfoCircleIcon',
        '@bitrix24/b24icons-vue/outline/MessagesIcon',
        '@bitrix24/b24icons-vue/outline/SettingsIcon',
        '@bitrix24/b24icons-vue/solid/CircleCheckIcon',
      ],
    },
  },
  telemetry: { enabled: false },
  b24Pull: {
    commands: '~/pull.commands.ts',
    portal: { applicationToken: devApplicationToken, rest: createPortalRest() },
  },
  b24ui: { colorMode: false, prose: false, mdc: false },
})
