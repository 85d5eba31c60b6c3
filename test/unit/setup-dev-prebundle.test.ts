import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Nuxt } from '@nuxt/schema'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from '../../scripts/lib/files.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { setupDevPrebundle } from '../../src/setup-dev-prebundle'

/** What Vite is told to prepare, beside what the app itself names. */
function included(dev: boolean): string[] {
  const options: { dev: boolean, vite: { optimizeDeps?: { include?: string[] } } } = { dev, vite: { optimizeDeps: { include: ['of-the-app'] } } }
  setupDevPrebundle({ options } as unknown as Nuxt)
  return options.vite.optimizeDeps!.include!
}

describe('what Vite prepares beforehand', () => {
  it('is, in development, beside what the app names', () => {
    expect(included(true)).toContain('of-the-app')
    expect(included(false)).toEqual(['of-the-app'])
  })

  it('is all that the browser\'s half imports, but what Nuxt and Pinia prepare, or what is in builds only', () => {
    const code = sourceFiles(['src/runtime/app', 'src/runtime/texts', 'src/runtime/utils', 'src/runtime/recording', 'src/runtime/rest', 'src/runtime/schema'])
      .map(file => readFileSync(join(root, file), 'utf8').replaceAll(/^import type .*$/gm, '')).join('\n')
    const imported = new Set([...code.matchAll(/(?:from |import\()'([^.#'][^']*)'/g)].map(([, name]) => name!))
    for (const name of ['vue', 'pinia', 'pbf']) imported.delete(name)
    const prepared = included(true).filter(name => name !== 'of-the-app').map(name => name.replace('nuxt-b24-pull > ', ''))
    expect(prepared.sort()).toEqual([...imported].sort())
    const { resolve } = createRequire(join(root, 'package.json'))
    for (const name of prepared) expect(() => resolve(name), name).not.toThrow()
  })
})
