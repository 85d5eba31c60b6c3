export type * from './types/in-config'

export default defineNuxtConfig({
  modules: ['nuxt-security', 'nuxt-b24-pull'],
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
  b24Pull: { portal: true },
  // What docs/deploy.md asks of a policy: the portal may frame the app, and the app may talk to it and to its push server.
  security: {
    headers: {
      xFrameOptions: false,
      crossOriginResourcePolicy: 'cross-origin',
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: false,
      contentSecurityPolicy: {
        'frame-ancestors': ['http://127.0.0.1:*'],
        'connect-src': ['\'self\'', 'http://127.0.0.1:*', 'ws://127.0.0.1:*', 'ws://localhost:*'],
        'upgrade-insecure-requests': false,
      },
    },
    rateLimiter: false,
  },
})
