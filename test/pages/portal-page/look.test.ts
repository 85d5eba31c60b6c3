import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAxe, violations } from '../../support/axe'
import { launchBrowser } from '../../support/browser'
import { openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection, PageServer } from '../../support/connection-page'

// How the portal's page looks: what can be read, seen together, and moved.

let browser: Browser
let server: PageServer
let open: OpenConnection

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serveConnectionPage()])
  open = await openConnection(browser, { app: server.url, faults: { 'push-delay': { ms: 1 } }, placements: [{ placement: 'LEFT_MENU' }] })
  open.portal.emit({ module: 'application', command: 'ping' })
  await open.inFrame(page => page.connection.call('no.such.method', {}).catch(() => {}))
  await addAxe(open.page)
})

afterAll(async () => {
  await open.close()
  await browser.close()
  await server.stop()
})

describe.each(['light', 'dark'] as const)('the page, %s', (colorScheme) => {
  it.each(['Send', 'Log', 'Connections', 'Faults', 'Portal'])('can be read by everybody in “%s”, by WCAG AA', async (tab) => {
    await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open.page.waitForFunction(scheme => document.documentElement.classList.contains(scheme), colorScheme)
    await open.page.getByRole('tab', { name: tab }).click()
    if (tab === 'Log') await open.page.getByRole('list', { name: 'Log, newest first' }).getByRole('button').first().click()
    await expect.poll(() => violations(open.page), { interval: 1_000 }).toEqual([])
  })
})

describe('app and tools', () => {
  const boxes = async () => {
    const box = async (selector: string) => (await open.page.locator(selector).first().boundingBox())!
    return { app: await box('[data-testid="app-frame"]'), tools: await box('aside') }
  }

  it('are side by side, and the line between them is moved by keys', async () => {
    await open.page.setViewportSize({ width: 1440, height: 900 })
    const before = await boxes()
    expect(before.app.x + before.app.width).toBeLessThanOrEqual(before.tools.x)
    const line = open.page.getByRole('separator', { name: 'Width of the tools' })
    await line.focus()
    await open.page.keyboard.press('ArrowLeft')
    await expect.poll(async () => (await boxes()).tools.width).toBeGreaterThan(before.tools.width + 20)
  })

  it('are seen together at 800 px, without opening the app anew', async () => {
    const frame = await open.page.getByTestId('app-frame').elementHandle()
    await open.page.setViewportSize({ width: 800, height: 900 })
    await open.page.getByRole('separator', { name: 'Height of the tools' }).waitFor()
    const { app, tools } = await boxes()
    expect(app.y + app.height).toBeLessThanOrEqual(tools.y)
    expect(app.height).toBeGreaterThan(200)
    expect(tools.y + tools.height).toBeLessThanOrEqual(900)
    expect(tools.height).toBeGreaterThan(200)
    expect(await frame!.evaluate(element => element.isConnected)).toBe(true)
  })
})
