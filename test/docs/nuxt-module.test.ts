import { describe, expect, it } from 'vitest'
import pullModule from '../../src/module'
import { readDocument } from '../support/markdown'

const pkg = JSON.parse(readDocument('package.json')) as Record<string, unknown> & { peerDependencies: Record<string, string> }
const text = readDocument('.github/nuxt-module.yml')

/** The catalogue's fields and categories: lib/types.ts and lib/categories.ts of nuxt/modules. */
const FIELDS = ['name', 'description', 'repo', 'npm', 'icon', 'github', 'website', 'learn_more', 'category', 'type', 'maintainers', 'compatibility', 'aliases']
const CATEGORIES = [
  'Analytics', 'CMS', 'CSS', 'Database', 'Date', 'Deployment', 'Devtools', 'Extensions', 'Ecommerce', 'Fonts', 'Images', 'Libraries',
  'Monitoring', 'Payment', 'Performance', 'Request', 'SEO', 'Security', 'UI',
]

/** A field of the file: it is flat but for the compatibility, so it needs no parser. */
function field(name: string, indent = ''): string | undefined {
  return new RegExp(`^${indent}${name}: *(.*)$`, 'm').exec(text)?.[1]?.replace(/^'(.*)'$/, '$1')
}

/** `owner/name` of the package's repository; empty while it has none. */
function repository(): string {
  const { url } = (pkg.repository ?? { url: '' }) as { url: string }
  return /github\.com\/([^/]+\/[^/.]+)/.exec(url)?.[1] ?? ''
}

describe('the entry for the catalogue of Nuxt modules', () => {
  it('has the fields of the catalogue, in its order', () => {
    expect([...text.matchAll(/^(\w+):/gm)].map(match => match[1])).toEqual(FIELDS)
    expect(CATEGORIES).toContain(field('category'))
    expect(field('type')).toBe('3rd-party')
  })

  it('says of the package what package.json says', () => {
    expect(field('npm')).toBe(pkg.name)
    expect(field('description')).toBe(pkg.description)
    expect(field('repo')).toBe(repository())
    expect(field('github')).toBe(repository() && `https://github.com/${repository()}`)
  })

  it('says of the module what the module says of itself', async () => {
    const meta = await pullModule.getMeta!()
    expect(meta.name).toBe(pkg.name)
    expect(meta.configKey).toBe('b24Pull')
    expect(field('nuxt', '  ')).toBe(meta.compatibility?.nuxt)
    expect(meta.compatibility?.nuxt).toBe(`>=${pkg.peerDependencies.nuxt!.split(' || ')[0]!.slice(1)}`)
  })
})
