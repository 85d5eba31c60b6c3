import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { codeBlocks, documents } from '../support/code-blocks'
import type { CodeBlock } from '../support/code-blocks'
import { runTool } from '../support/tool'

// The Russian pages have the code of the English ones, to the byte: russian.test.ts.
const blocks = documents().filter(file => !file.startsWith('docs/ru/')).flatMap(codeBlocks)

/** A block as a file of its own, named after its place, so that an error of the compiler leads back to it; or by its name. */
function fileName({ file, line, language, name }: CodeBlock): string {
  const document = file.replaceAll(/\W+/g, '-')
  return name ? join(document, name) : `${document}-line-${line}.${language}`
}

/** Pages about apps without Nuxt. TypeScript keeps one of two declarations of commands by different names, so they stand apart, too. */
const VUE_PAGES = ['docs/vue.md']

const nuxtTypes = ['nuxt.d.ts', 'nuxt.node.d.ts', 'types/nitro-imports.d.ts'].map(file => join(root, '.nuxt', file))

describe('the examples in README and docs', () => {
  it.each([
    { kind: 'nuxt', where: 'a Nuxt app with this module', types: nuxtTypes, isHere: (file: string) => !VUE_PAGES.includes(file) },
    { kind: 'vue', where: 'a Vue app, where nothing is imported by itself', types: [], isHere: (file: string) => VUE_PAGES.includes(file) },
  ])('compile as they stand, in $where', async ({ kind, types, isHere }) => {
    const dir = join(root, '.packed/examples', kind)
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    const compiled = blocks.filter(({ file, language }) => isHere(file) && (language === 'ts' || language === 'vue'))
    for (const block of compiled) {
      const path = join(dir, fileName(block))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, block.language === 'ts' ? `${block.code}\nexport {}\n` : block.code)
    }
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      // For the sources of this package, which the examples import.
      compilerOptions: { types: ['node'] },
      include: [...types, './**/*'],
      exclude: [],
    }))
    const { stdout, status } = await runTool('vue-tsc', ['--noEmit', '-p', dir], { cwd: root })
    expect(stdout).toBe('')
    expect(status).toBe(0)
    expect(compiled.length).toBeGreaterThan(0)
  })
})
