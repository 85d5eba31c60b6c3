export type * from './types/in-config'

// The module, and its options, come from the layer.
export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: { enabled: false },
})
