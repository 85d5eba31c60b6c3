import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { codeWords, fences, headings, linkTargets, prose, readDocument, tableRows } from '../support/markdown'
import { keepsUp } from '../support/translation'

// The pages of the docs that a newcomer reads, in Russian: what holds for README.ru.md (readme-ru.test.ts) holds for them.

const pages = readdirSync(join(root, 'docs/ru')).filter(name => name.endsWith('.md') && name !== 'index.md')

/** Where a page leads; of a page that there is in both languages, without the heading, whose name is translated. */
function places(file: string): string[] {
  return linkTargets(readDocument(file)).map((target) => {
    if (/^[a-z]+:/.test(target)) return target
    const [path = '', anchor] = target.split('#')
    const to = path === '' ? file : posix.join(posix.dirname(file), path)
    const name = to.replace('docs/ru/', '').replace('docs/', '')
    return pages.includes(name) ? `docs/${name}` : [to, anchor].filter(Boolean).join('#')
  })
}

describe.each(pages)('the Russian page %s', (name) => {
  const english = `docs/${name}`
  const russian = `docs/ru/${name}`

  keepsUp(russian, 'has the same headings, level by level', () => {
    expect(headings(readDocument(russian)).map(({ level }) => level)).toEqual(headings(readDocument(english)).map(({ level }) => level))
  })

  keepsUp(russian, 'has the same code, to the byte', () => {
    expect(fences(readDocument(russian))).toEqual(fences(readDocument(english)))
  })

  keepsUp(russian, 'has the same rows in the same tables', () => {
    const names = (file: string) => tableRows(readDocument(file)).map(([first = '']) => codeWords(first))
    expect(names(russian)).toEqual(names(english))
  })

  keepsUp(russian, 'leads to the same places, in the same order', () => {
    expect(places(russian)).toEqual(places(english))
  })

  keepsUp(russian, 'is in Russian: no paragraph of the English one is left', () => {
    const paragraphs = prose(readDocument(russian)).split(/\n{2,}/).filter(part => /^[\p{Lu}`]/u.test(part) && part.length > 60)
    expect(paragraphs.filter(part => !/\p{Script=Cyrillic}{4}/u.test(part))).toEqual([])
  })
})
