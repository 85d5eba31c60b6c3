import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { documents } from '../support/code-blocks'
import { headings, linkTargets, readDocument } from '../support/markdown'

const files = [...documents(), 'README.ru.md', 'CONTRIBUTING.md', 'SECURITY.md', 'AGENTS.md']
const isHere = (target: string) => !/^[a-z]+:/.test(target)

describe('the links in README, docs and the other pages', () => {
  it.each(files)('lead to files and headings that are there: %s', (file) => {
    const dead = linkTargets(readDocument(file)).filter(isHere).filter((target) => {
      const [path = '', anchor] = target.split('#')
      const to = path === '' ? file : normalize(join(dirname(file), path))
      if (!existsSync(join(root, to))) return true
      return anchor !== undefined && !headings(readDocument(to)).some(heading => heading.anchor === anchor)
    })
    expect(dead).toEqual([])
  })

  it('are https where they lead elsewhere', () => {
    const elsewhere = files.flatMap(file => linkTargets(readDocument(file))).filter(target => !isHere(target))
    expect(elsewhere.length).toBeGreaterThan(0)
    expect(elsewhere.filter(target => !target.startsWith('https://'))).toEqual([])
  })

  it('lead from the index to every page', () => {
    const pages = readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md') && !['README.md', 'index.md'].includes(name))
    const linked = linkTargets(readDocument('docs/README.md'))
    expect(pages.filter(page => !linked.includes(page))).toEqual([])
  })
})
