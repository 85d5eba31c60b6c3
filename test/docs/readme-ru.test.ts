import { describe, expect } from 'vitest'
import { codeWords, fences, headings, linkTargets, prose, readDocument, tableRows } from '../support/markdown'
import { keepsUp } from '../support/translation'

const english = readDocument('README.md')
const russian = readDocument('README.ru.md')

/** Names of options, composables, statuses and packages; words of prose are translated. */
const namesInTables = (text: string) => tableRows(text).map(([first = '']) => codeWords(first))

describe('the Russian README', () => {
  keepsUp('README.ru.md', 'has the same headings, level by level', () => {
    expect(headings(russian).map(({ level }) => level)).toEqual(headings(english).map(({ level }) => level))
  })

  keepsUp('README.ru.md', 'has the same code, to the byte', () => {
    expect(fences(english).length).toBeGreaterThan(2)
    expect(fences(russian)).toEqual(fences(english))
  })

  keepsUp('README.ru.md', 'has the same rows in the same tables', () => {
    expect(namesInTables(english).flat()).toContain('usePull()')
    expect(namesInTables(russian)).toEqual(namesInTables(english))
  })

  keepsUp('README.ru.md', 'has the same defaults and the same versions', () => {
    const values = (text: string) => tableRows(text).filter(row => row.length === 3).map(([name, second]) => [name, ...codeWords(second ?? '')])
    expect(values(russian)).toEqual(values(english))
    const tested = (text: string) => tableRows(text).filter(([, , third]) => /^\d/.test(third ?? ''))
    expect(tested(english).length).toBeGreaterThan(0)
    expect(tested(russian)).toEqual(tested(english))
  })

  keepsUp('README.ru.md', 'leads to the same places, in the same order', () => {
    // Where there is a Russian page, the Russian README leads there.
    const places = (text: string) => linkTargets(text).filter(target => !/^README(?:\.ru)?\.md$/.test(target)).map(target => target.replace('docs/ru/', 'docs/'))
    expect(places(russian)).toEqual(places(english))
  })

  keepsUp('README.ru.md', 'and the English one lead to each other', () => {
    expect(linkTargets(english)[0]).toBe('README.ru.md')
    expect(linkTargets(russian)[0]).toBe('README.md')
  })

  keepsUp('README.ru.md', 'is in Russian: no paragraph of the English one is left', () => {
    const paragraphs = (text: string) => prose(text).split(/\n{2,}/).filter(part => /^[\p{Lu}`]/u.test(part) && part.length > 60)
    expect(paragraphs(russian).length).toBeGreaterThan(8)
    expect(paragraphs(russian).filter(part => !/\p{Script=Cyrillic}{4}/u.test(part))).toEqual([])
  })
})
