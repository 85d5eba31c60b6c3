import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../scripts/lib/root.mjs'
import { codeBlocks, documents } from '../../support/code-blocks'
import type { CodeBlock } from '../../support/code-blocks'

const blocks = documents().flatMap(codeBlocks)

/** A block as a file of its own, named after its place, so that an error of the compiler leads back to it; or by its name. */
function fileName({ file, line, language, name }: CodeBlock): string {
  const document = file.replaceAll(/\W+/g, '-')
  return name ? join(document, name) : `${document}-line-${line}.${language}`
}

describe('the examples in README and docs', () => {
  it('compile as they stand, in a Nuxt app with this module', () => {
    const dir = join(root, '.packed/examples')
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    const compiled = blocks.filter(block => block.language === 'ts' || block.language === 'vue')
    for (const block of compiled) {
      const path = join(dir, fileName(block))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, block.language === 'ts' ? `${block.code}\nexport {}\n` : block.code)
    }
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({
      extends: '../../tsconfig.json',
      include: ['../../.nuxt/nuxt.d.ts', '../../.nuxt/nuxt.node.d.ts', '../../.nuxt/types/nitro-imports.d.ts', './**/*'],
      exclude: [],
    }))
    const { stdout, status } = spawnSync('vue-tsc', ['--noEmit', '-p', dir], { cwd: root, encoding: 'utf8' })
    expect(stdout).toBe('')
    expect(status).toBe(0)
    expect(compiled.length).toBeGreaterThan(0)
  }, 180_000)
})
