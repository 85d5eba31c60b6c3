import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PORTAL_ARGS } from '../../src/cli/portal-args'
import { createPortal, resolvePortalOptions } from '../../src/portal'
import { FAULTS } from '../../src/portal/faults/definitions'

const text = readFileSync('docs/dev-portal.md', 'utf8')
const app = 'http://localhost:3000'

/** First cells of a section's table rows, each with the whole row. */
function rows(heading: string): Map<string, string> {
  const section = text.slice(text.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? ''
  return new Map([...section.matchAll(/^\| `([^`]+)`.*$/gm)].map(match => [match[1]!, match[0]]))
}

describe('the page about the dev portal', () => {
  it('has every option', () => {
    const { server, ...options } = resolvePortalOptions({ app })
    expect([...rows('Options').keys()].sort()).toEqual([...Object.keys(options), ...Object.keys(server).map(key => `server.${key}`)].sort())
  })

  it('has every flag beside its option', () => {
    const described = [...rows('Options').values()].flatMap(row => /\| `--([\w-]+)` \|/.exec(row)?.[1] ?? [])
    expect(described.sort()).toEqual(Object.keys(PORTAL_ARGS).sort())
  })

  it('has every fault, with its kind and its settings', () => {
    const faults = rows('Faults')
    expect([...faults.keys()]).toEqual(Object.keys(FAULTS))
    for (const [name, { kind, fields }] of Object.entries(FAULTS)) {
      const [, , described = '', settings = ''] = faults.get(name)!.split('|').map(cell => cell.trim())
      expect(`${name} is a ${described}`).toBe(`${name} is a ${kind}`)
      for (const field of Object.keys(fields)) expect(settings).toContain(`\`${field}\``)
    }
  })

  it('has every member of a portal', async () => {
    const portal = await createPortal({ app })
    await portal.close()
    const described = [...rows('A portal in code').values()].join('\n')
    for (const member of Object.keys(portal)) expect(described).toMatch(new RegExp(`\`${member}[(\`]`))
  })
})
