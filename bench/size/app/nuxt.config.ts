import process from 'node:process'

export default defineNuxtConfig({
  modules: (process.env.BENCH_MODULES ?? '@pinia/nuxt').split(','),
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
})
