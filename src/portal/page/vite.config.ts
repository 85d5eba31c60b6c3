import { fileURLToPath } from 'node:url'
import bitrix24UI from '@bitrix24/b24ui-nuxt/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: fromHere('.'),
  // The portal serves the page wherever it likes: every address in it is relative.
  base: './',
  plugins: [
    vue(),
    bitrix24UI({
      root: fromHere('../../..'),
      autoImport: false,
      components: { dts: fromHere('../../../node_modules/.b24ui-nuxt/components.d.ts') },
      colorModeInitialValue: 'auto',
      router: false,
      prose: false,
      mdc: false,
      experimental: { componentDetection: true },
    }),
  ],
  build: {
    outDir: fromHere('../../../dist/portal-page'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
  },
})
