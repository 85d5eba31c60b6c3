import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { clickSend, connectedFrame, reopen, whoHears } from '../support/life-app'
import { countTimers, liveTimers } from '../support/page-timers'
import { PATIENCE } from '../support/patience'
import { crossSite, openPortal } from '../support/portal-page'
import { searchAfterEverything } from '../support/search-secrets'
import type { Server } from '../support/search-secrets'
import { startVariant } from '../support/variant'
import type { Variant } from '../support/variant'

const servers = ([5, 4, 3] as const).flatMap(version => (['websocket', 'long-polling'] as const)
  // A shared server, one in the cloud, is known by a client id.
  .flatMap(transport => (['personal', 'shared'] as const).map((mode): Server => ({ version, transport, mode }))))
  .filter(({ version, transport, mode }) => mode === 'personal' || (version === 4 && transport === 'websocket'))

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

describe('an app that is built', () => {
  let server: Variant

  beforeAll(async () => {
    server = await startVariant('life')
  })

  afterAll(() => server?.stop())

  it('keeps one connection and every subscription once over 100 navigations, layouts and <KeepAlive>', async () => {
    // From a first ping on, the SDK has one timer more: it waits for the next.
    const open = await openPortal(browser, { app: crossSite(server.url), pingInterval: 3_600_000 })
    await connectedFrame(open)
    await open.page.addInitScript(countTimers)
    const frame = await reopen(open)
    const id = open.portal.connections[0]?.id
    const requests = open.portal.requests.length
    const listeners = await countListeners(frame)
    expect(await whoHears(open, frame, 1)).toEqual(['app', 'card', 'layout-default', 'page-index', 'store'])
    const timers = await liveTimers(frame)

    const paths = ['second', 'wide', 'kept', 'index']
    for (let i = 0; i < 100; i++) {
      const path = paths[i % paths.length]!
      await frame.evaluate(to => window.life.app.$router.push(to), path === 'index' ? '/' : `/${path}`)
      await frame.getByTestId('page').filter({ hasText: path }).waitFor()
    }
    // The kept page is alive, so it hears too.
    expect(await whoHears(open, frame, 2)).toEqual(['app', 'card', 'layout-default', 'page-index', 'page-kept', 'store'])
    await frame.evaluate(() => window.life.app.$router.push('/wide'))
    await frame.getByTestId('page').filter({ hasText: 'wide' }).waitFor()
    // What a layout's <KeepAlive> kept has ended with the layout.
    expect(await whoHears(open, frame, 3)).toEqual(['app', 'card', 'layout-wide', 'page-wide', 'store'])

    expect(open.portal.connections.map(connection => connection.id)).toEqual([id])
    expect(open.portal.requests).toHaveLength(requests)
    expect(await countListeners(frame)).toEqual(listeners)
    await expect.poll(() => liveTimers(frame)).toBeLessThanOrEqual(timers)
    expect(open.problems.uncaught).toEqual([])

    await frame.evaluate(() => window.life.app.vueApp.unmount())
    await open.portal.waitFor(() => open.portal.connections.length === 0, { timeout: PATIENCE })
    expect(await countListeners(frame)).toEqual([])
    await expect.poll(() => liveTimers(frame)).toBe(0)
    await open.close()
  })

  it('says so when the code for sending does not arrive, and sends when it does', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url) })
    const frame = await connectedFrame(open)
    await open.page.route('**/_nuxt/**', route => route.abort())
    await clickSend(frame)
    await expect.poll(() => frame.getByTestId('send-error').textContent()).toBe('LOAD_FAILED')
    await open.page.unroute('**/_nuxt/**')
    await clickSend(frame)
    await open.portal.waitFor('request', 'pull.application.event.add', { timeout: PATIENCE })
    await expect.poll(() => frame.getByTestId('send-error').textContent()).toBe('')
    await open.close()
  })

  it.each([
    { part: 'frame', mark: 'JSSDK_CLIENT_SIDE_WARNING' },
    { part: 'pull client', mark: 'bx-pull-websocket-blocked' },
  ])('says so when the SDK\'s $part does not arrive, and connects when it does', async ({ mark }) => {
    const open = await openPortal(browser, { app: crossSite(server.url) })
    await connectedFrame(open)
    await open.page.route('**/_nuxt/*.js', async (route) => {
      const response = await route.fetch()
      return (await response.text()).includes(mark) ? route.abort() : route.fulfill({ response })
    })
    const reason = () => open.page.frames().at(-1)!.evaluate(() => window.life?.app.$b24Pull.reason.value?.code).catch(() => undefined)
    open.portal.reloadFrame(open.portal.frames[0]!.id)
    await expect.poll(reason, { timeout: PATIENCE }).toBe('LOAD_FAILED')
    // None that is under way may outlive the page.
    await open.page.unrouteAll({ behavior: 'wait' })
    await connectedFrame(open)
    await open.close()
  })

  it('has failed and says so in the console when its own code does not arrive, and connects when the network is back', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url) })
    await connectedFrame(open)
    await open.page.route('**/_nuxt/*.js', async (route) => {
      const response = await route.fetch()
      const code = await response.text()
      // In consola itself: the entry, which loads it, names what it takes from it.
      return ['CONNECT_TIMEOUT', 'removeReporter'].some(mark => code.includes(mark)) ? route.abort() : route.fulfill({ response })
    })
    const state = () => open.page.frames().at(-1)!.evaluate(() => [window.life?.app.$b24Pull.status.value, window.life?.app.$b24Pull.reason.value?.code]).catch(() => [])
    open.portal.reloadFrame(open.portal.frames[0]!.id)
    await expect.poll(state, { timeout: PATIENCE }).toEqual(['failed', 'LOAD_FAILED'])
    await expect.poll(() => open.problems.consoleErrors.filter(line => line.includes('could not be loaded'))).toHaveLength(1)
    await open.page.unrouteAll({ behavior: 'wait' })
    await open.page.frames().at(-1)!.evaluate(() => dispatchEvent(new Event('online')))
    await connectedFrame(open)
    await open.close()
  })

  it.each(servers)('holds no token, jwt, channel id, client id or signature anywhere that an app, its logs or its tools look, on a $mode server of version $version over $transport', async (settings) => {
    const open = await openPortal(browser, { app: crossSite(server.url), server: settings, pollTimeout: 250 })
    expect(await searchAfterEverything(open, settings)).toEqual([])
    await open.close()
  })
})

/** Types of the listeners on window and document that belong to this module. */
async function countListeners(frame: Frame): Promise<string[]> {
  const session = await frame.page().context().newCDPSession(frame)
  const types: string[] = []
  for (const expression of ['window', 'document']) {
    const { result } = await session.send('Runtime.evaluate', { expression })
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! })
    types.push(...listeners.map(({ type }) => type).filter(type => ['online', 'offline', 'pageshow', 'storage', 'beforeunload'].includes(type)))
  }
  await session.detach()
  return types.sort()
}
