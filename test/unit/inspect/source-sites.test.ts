import { createRequire } from 'node:module'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { createServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeInSource } from '../../../src/runtime/app/inspect/place'
import type { CodePlace, CodeSite } from '../../../src/runtime/app/inspect/place'
import { createSourceFinder } from '../../../src/runtime/app/inspect/source-sites'

// What Vite's development server makes of files, and the way back.

const DealCard = `<template>
  <p>{{ title }}</p>
</template>

<script setup lang="ts">
interface Deal {
  title: string
}

const title = listen<Deal>('deal')
</script>
`

let folder: string
let server: Awaited<ReturnType<typeof createServer>>
let url: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'b24-sources-'))
  writeFileSync(join(folder, 'DealCard.vue'), DealCard)
  writeFileSync(join(folder, 'use-deal.ts'), 'interface Deal {\n  id: number\n}\n\nexport const useDeal = (deal: Deal) => listen(deal)\n')
  writeFileSync(join(folder, 'plain.txt'), 'listen()\n')
  server = await createServer({ root: folder, configFile: false, cacheDir: join(folder, 'cache'), logLevel: 'silent', plugins: [vue()], resolve: { alias: { vue: createRequire(import.meta.url).resolve('vue/dist/vue.runtime.esm-bundler.js') } }, server: { port: 0, host: '127.0.0.1', ws: false }, optimizeDeps: { noDiscovery: true } })
  await server.listen()
  url = `http://127.0.0.1:${(server.httpServer!.address() as AddressInfo).port}`
})

afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Where the code that is served calls `listen()`. */
async function siteIn(file: string): Promise<CodeSite> {
  const address = `${url}/${file}`
  const lines = (await (await fetch(address)).text()).split('\n')
  const line = lines.findIndex(text => text.includes('listen'))
  return { url: address, line: line + 1, column: lines[line]!.indexOf('listen') + 1 }
}

describe('the line that somebody wrote', () => {
  it.each([['DealCard.vue', 10], ['use-deal.ts', 5]])('is found in %s', async (file, line) => {
    const site = await siteIn(file)
    expect(site.line).not.toBe(line)
    expect(await createSourceFinder()(site)).toEqual({ url: `${url}/${file}`, line })
  })

  it.each(['plain.txt', 'missing.ts'])('is not known of %s, which has no map', async (file) => {
    expect(await createSourceFinder()({ url: `${url}/${file}`, line: 1, column: 1 })).toBeNull()
  })

  it('is not asked for of what no server has', async () => {
    expect(await createSourceFinder()({ url: '/app/DealCard.vue', line: 1, column: 1 })).toBeNull()
  })
})

describe('a place by its source', () => {
  const place: CodePlace = { component: 'DealCard', file: '/app/src/DealCard.vue', line: null, site: null, caller: null }

  it('is in the component\'s own file, as the compiler names it', () => {
    expect(placeInSource(place, { url: 'http://localhost/src/DealCard.vue?t=1', line: 10 })).toMatchObject({ file: '/app/src/DealCard.vue', line: 10 })
  })

  it('is in the file of the composable that the component calls', () => {
    expect(placeInSource(place, { url: 'http://localhost/src/use-deal.ts', line: 5 })).toMatchObject({ component: 'DealCard', file: '/src/use-deal.ts', line: 5 })
  })
})
