import type { Nuxt } from '@nuxt/schema'
import { describe, expect, it } from 'vitest'
import { setupDevTools } from '../../src/setup-dev-tools'

interface Tab { view: { description: string, actions: { src: string }[] } }

/** The tabs that Nuxt DevTools would show. */
function tabs(portalUrl: string | null, dev = true): Tab[] {
  const hooks = new Map<string, (tabs: Tab[]) => void>()
  setupDevTools(portalUrl, { options: { dev }, hook: (name: string, run: (tabs: Tab[]) => void) => hooks.set(name, run) } as unknown as Nuxt)
  const found: Tab[] = []
  hooks.get('devtools:customTabs')?.(found)
  return found
}

describe('the tab of Nuxt DevTools', () => {
  it('leads to the tools of the portal', () => {
    const [tab] = tabs('http://127.0.0.1:7324')
    expect(tab!.view.actions.map(({ src }) => src)).toEqual(['http://127.0.0.1:7324?tab=app', 'http://127.0.0.1:7324?tab=log', 'http://127.0.0.1:7324'])
  })

  it('says how to have a portal where there is none', () => {
    const [tab] = tabs(null)
    expect(tab!.view.description).toMatch('portal: true')
    expect(tab!.view.actions).toEqual([])
  })

  it('is there in development only', () => {
    expect(tabs('http://127.0.0.1:7324', false)).toEqual([])
  })
})
