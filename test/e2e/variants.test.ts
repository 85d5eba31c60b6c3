import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../support/browser'
import { crossSite, openPortal } from '../support/portal-page'
import { startVariant } from '../support/variant'
import type { Variant } from '../support/variant'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

describe('an app without server rendering, under a base URL, with the SDK\'s own Nuxt module and options for Pinia', () => {
  let server: Variant

  beforeAll(async () => {
    server = await startVariant('spa-beside-sdk-module', '/partner/app/')
  })

  afterAll(() => server?.stop())

  it('connects and hears, shares one frame with that module, asks the portal once, and keeps the app\'s stores', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url) })
    onTestFinished(() => open.close())
    await open.inApp('status').filter({ hasText: 'connected' }).waitFor()
    await open.inApp('same-frame').filter({ hasText: 'true' }).waitFor()
    open.portal.emit({ module: 'application', command: 'greet', params: { text: 'hello' } })
    await open.inApp('greeting').filter({ hasText: 'hello' }).waitFor()
    open.portal.emit({ module: 'application', command: 'ping' })
    await open.inApp('count').filter({ hasText: '1' }).waitFor()
    expect(open.portal.log.filter(entry => entry.source === 'bridge' && entry.title.includes('getInitData'))).toHaveLength(1)
    expect(open.problems).toEqual({ uncaught: [], consoleErrors: [] })
  })
})
