import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { PortalState } from '../../src/portal/types'
import { launchBrowser } from '../support/browser'
import { connectedFrame, whoHears } from '../support/life-app'
import { crossSite, frameIn, openPortal } from '../support/portal-page'
import { searchAfterEverything } from '../support/search-secrets'
import { startVariantDev } from '../support/variant'
import type { DevVariant } from '../support/variant'

/** ms. Vite's watcher (chokidar) drops a change of a file that comes sooner after the one before it. */
const WATCHER_DEAF = 50

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

describe('an app under `nuxt dev`', () => {
  let server: DevVariant

  beforeAll(async () => {
    server = await startVariantDev('life')
  })

  afterAll(() => server?.stop())

  async function edit(file: string, from: string, to: string): Promise<void> {
    // The page has had the change before this one, so the watcher had it earlier still.
    await pause(2 * WATCHER_DEAF)
    const path = join(server.project, file)
    const text = readFileSync(path, 'utf8')
    // Over the old text, at least as long: a file emptied first is two changes, and Vite may read between them and be deaf to the second.
    writeFileSync(path, text.replaceAll(from, to).padEnd(text.length), { flag: 'r+' })
  }

  it('holds no secret either, nor do the devtools that come with development', async () => {
    const settings = { version: 5, transport: 'websocket', mode: 'personal' } as const
    const open = await openPortal(browser, { app: crossSite(server.url), method: 'get', server: settings })
    expect(await searchAfterEverything(open, settings)).toContain('__VUE_DEVTOOLS_GLOBAL_HOOK__')
    await open.close()
  })

  it('keeps its connection and every subscription once when a component or a store is edited', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url), method: 'get' })
    const frame = await connectedFrame(open)
    const id = open.portal.connections[0]?.id
    expect(await whoHears(open, frame, 1)).toEqual(['app', 'card', 'layout-default', 'page-index', 'store'])

    await edit('components/EditedCard.vue', 'as built', 'edited')
    await frame.getByTestId('card').filter({ hasText: 'edited' }).waitFor()
    expect(await whoHears(open, frame, 2)).toEqual(['app', 'card', 'layout-default', 'page-index', 'store'])
    await edit('components/EditedCard.vue', 'useHeard(\'card\')', 'useHeard(\'edited-card\')')
    await expect.poll(() => whoHears(open, frame, Math.random())).toEqual(['app', 'edited-card', 'layout-default', 'page-index', 'store'])

    await edit('stores/own.ts', 'as built', 'edited')
    await frame.waitForFunction(() => window.life.app.$pinia._s.get('own')?.version() === 'edited')
    expect(await whoHears(open, frame, 3)).toEqual(['app', 'edited-card', 'layout-default', 'page-index', 'store'])
    await edit('stores/own.ts', '`store ', '`edited-store ')
    await expect.poll(() => whoHears(open, frame, Math.random())).toEqual(['app', 'edited-card', 'edited-store', 'layout-default', 'page-index'])
    const count = () => frame.evaluate(() => (window.life.app.$pinia.state.value as { own: { count: number } }).own.count)
    const before = await count()
    await whoHears(open, frame, 4)
    expect(await count()).toBe(before + 2)
    expect(open.portal.connections.map(connection => connection.id)).toEqual([id])
    await open.close()
  })

  it('has one SDK with the app, as Vite has prepared it beforehand and not in a hundred files, and was not reloaded for a dependency', async () => {
    const loaded: string[] = []
    const prepare = async (context: BrowserContext) => void context.on('request', request => loaded.push(new URL(request.url()).pathname))
    const open = await openPortal(browser, { app: crossSite(server.url), method: 'get', prepare })
    const frame = await connectedFrame(open)
    expect(await frame.evaluate(() => window.life.isOfOwnSdk())).toBe(true)
    await open.close()
    const ofSdk = loaded.filter(path => path.includes('b24jssdk'))
    expect(ofSdk.length).toBeGreaterThan(0)
    expect(ofSdk.filter(path => !path.includes('/vite/client/deps/'))).toEqual([])

    const ofNuxtDevTools = ['@vue/devtools-core', '@vue/devtools-kit']
    const met = [...stripVTControlCharacters(server.output()).matchAll(/dependenc(?:y|ies) optimized: (.+)/g)].flatMap(([, names]) => names!.split(', '))
    expect(met.filter(name => !ofNuxtDevTools.includes(name))).toEqual([])
  })

  it('has the same portal again after a restart by an edit of nuxt.config, and the app connected in the page that stayed open', async () => {
    const places = () => server.output().split(`The dev portal is at ${server.portalUrl}`).length - 1
    expect(places()).toBe(1)
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(server.portalUrl)
    const iframe = page.getByTestId('app-frame')
    const status = page.frameLocator('[data-testid="app-frame"]').getByTestId('status')
    await status.filter({ hasText: /^connected$/ }).waitFor()
    /** The frame's name is another one for every opening. */
    const openedAs = () => iframe.getAttribute('name')
    const before = await openedAs()

    await edit('nuxt.config.ts', 'lang: \'en\'', 'lang: \'de\'')
    await expect.poll(places).toBe(2)
    await expect.poll(openedAs).not.toBe(before)
    await page.getByTestId('emit-module').fill('application')
    await page.getByTestId('emit-command').fill('numbered')
    await page.getByTestId('emit-params').fill('{ "n": 1 }')
    // Vite's client reloads the frame too, once its server is back: what was sent before may never be heard.
    await expect.poll(async () => {
      await status.filter({ hasText: /^connected$/ }).waitFor()
      await page.getByTestId('emit-send').click()
      return (await frameIn(iframe)).evaluate(() => window.life.heard)
    }).toContain('app 1')
    const { frames } = await (await fetch(`${server.portalUrl}/_portal/state`)).json() as PortalState
    expect(frames).toMatchObject([{ name: await openedAs(), action: expect.stringContaining('LANG=de') }])
  })
})
