import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/root.mjs'

export interface CodeBlock {
  /** Relative to the repository. */
  file: string
  /** Line of the opening fence, from 1. */
  line: number
  language: string
  /** Name of the file that the block is, in brackets after the language; `null` for one that stands alone. */
  name: string | null
  code: string
}

/** For coding assistants; part of the package. */
export const SKILL = 'skills/nuxt-b24-pull/SKILL.md'

/** README, pages of the documentation and what coding assistants read, relative to the repository. */
export function documents(): string[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
  return ['README.md', SKILL, ...pages.map(name => join('docs', name))]
}

/** The fenced blocks of a document. */
export function codeBlocks(file: string): CodeBlock[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^```([a-z]+)(?: \[([^\]\n]+)\])?$([\s\S]+?)^```$/gm)].map(match => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    name: match[2] ?? null,
    code: (match[3] ?? '').trimStart(),
  }))
}
