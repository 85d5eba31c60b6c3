import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { english, russian } from '../../docs/.vitepress/sidebar'
import { readDocument } from '../support/markdown'

const pages = (dir: string) => readdirSync(join(root, dir)).filter(name => name.endsWith('.md') && !['README.md', 'index.md'].includes(name)).map(name => name.slice(0, -3)).sort()
const linked = (groups: typeof english) => groups.flatMap(({ items = [] }) => items.map(({ link = '' }) => link.split('/').at(-1)!)).sort()

describe('the sidebar of the site', () => {
  it.each([
    { language: 'English', dir: 'docs', groups: english },
    { language: 'Russian', dir: 'docs/ru', groups: russian },
  ])('leads to every $language page, once', ({ dir, groups }) => {
    expect(linked(groups)).toEqual(pages(dir))
  })
})

it('the page about showing the status has the playground\'s component, as it is', () => {
  expect(readDocument('docs/status-component.md')).toContain(readDocument('playground/app/components/PullStatus.vue'))
})
