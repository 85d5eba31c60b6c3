import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { launchBrowser } from '../support/browser'
import { countTimers, liveTimers } from '../support/page-timers'
import { PATIENCE } from '../support/patience'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import { startVariant, startVariantDev } from '../support/variant'
import type { Variant } from '../support/variant'
import { findSecrets } from '../support/walk'

/** ms. Vite's watcher (chokidar) drops a change of a file that comes sooner after the one before it. */
const WATCHER_DEAF = 50

type Server = Required<Pick<NonNullable<PortalOptions['server']>, 'version' | 'transport' | 'mode'>>

const servers = ([5, 4, 3] as const).flatMap(version => (['websocket', 'long-polling'] as const)
  // A shared server, one in the cloud, is known by a client id.
  .flatMap(transport => (['personal', 'shared'] as const).map((mode): Server => ({ version, transport, mode }))))
  .filter(({ version, transport, mode }) => mode === 'personal' || (version === 4 && transport === 'websocket'))

/** What the fixture's plugin puts on the window. */
interface Life {
  heard: string[]
  seen: unknown[]
  app: {
    $b24Pull: { frame: { value: unknown }, reason: { value: { code: string } | null }, status: { value: string }, transport: { value: unknown } }
    $pinia: { state: { value: unknown }, _s: Map<string, { version: () => string }> }
    $router: { push: (path: string) => Promise<unknown> }
    payload: unknown
    vueApp: { unmount: () => void }
  }
}

declare global {
  interface Window { life: Life }
}

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

async function appFrame({ page }: OpenPortal): Promise<Frame> {
  const element = await page.waitForSelector('[data-testid="app-frame"]')
  const frame = await element.contentFrame()
  if (!frame) throw new Error('The portal shows no frame.')
  await frame.getByTestId('status').filter({ hasText: /^connected$/ }).waitFor()
  return frame
}

/** The app in a frame that is opened anew. */
async function reopen(open: OpenPortal): Promise<Frame> {
  const before = await open.page.getByTestId('app-frame').elementHandle()
  open.portal.reloadFrame(open.portal.frames[0]!.id)
  await open.page.waitForFunction(old => !old?.isConnected, before)
  return appFrame(open)
}

/** Who heard the next message; a second one tells that the first is through. */
async function whoHears(open: OpenPortal, frame: Frame, n: number): Promise<string[]> {
  for (const number of [n, n + 0.5]) open.portal.emit({ module: 'application', command: 'numbered', params: { n: number } })
  await frame.waitForFunction(last => window.life.heard.includes(`app ${last}`), n + 0.5)
  const heard = await frame.evaluate(number => window.life.heard.filter(line => line.endsWith(` ${number}`)), n)
  return heard.map(line => line.split(' ')[0]!).sort()
}

describe('an app that is built', () => {
  let server: Variant

  beforeAll(async () => {
    server = await startVariant('life')
  })

  afterAll(() => server?.stop())

  it('keeps one connection and every subscription once over 100 navigations, layouts and <KeepAlive>', async () => {
    // From a first ping on, the SDK has one timer more: it waits for the next.
    const open = await openPortal(browser, { app: crossSite(server.url), pingInterval: 3_600_000 })
    await appFrame(open)
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
    const frame = await appFrame(open)
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
    await appFrame(open)
    await open.page.route('**/_nuxt/*.js', async (route) => {
      const response = await route.fetch()
      return (await response.text()).includes(mark) ? route.abort() : route.fulfill({ response })
    })
    const reason = () => open.page.frames().at(-1)!.evaluate(() => window.life?.app.$b24Pull.reason.value?.code).catch(() => undefined)
    open.portal.reloadFrame(open.portal.frames[0]!.id)
    await expect.poll(reason, { timeout: PATIENCE }).toBe('LOAD_FAILED')
    // None that is under way may outlive the page.
    await open.page.unrouteAll({ behavior: 'wait' })
    await appFrame(open)
    await open.close()
  })

  it('has failed and says so in the console when its own code does not arrive, and connects when the network is back', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url) })
    await appFrame(open)
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
    await appFrame(open)
    await open.close()
  })

  it.each(servers)('holds no token, jwt, channel id, client id or signature anywhere that an app, its logs or its tools look, on a $mode server of version $version over $transport', async (settings) => {
    const open = await openPortal(browser, { app: crossSite(server.url), server: settings, pollTimeout: 250 })
    expect(await searchAfterEverything(open, settings)).toEqual([])
    await open.close()
  })
})

describe('an app under `nuxt dev`', () => {
  let server: Variant

  beforeAll(async () => {
    server = await startVariantDev('life')
  })

  afterAll(() => server?.stop())

  async function edit(file: string, from: string, to: string): Promise<void> {
    // The page has had the change before this one, so the watcher had it earlier still.
    await pause(2 * WATCHER_DEAF)
    const path = join(server.project, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
  }

  it('holds no secret either, nor do the devtools that come with development', async () => {
    const settings = { version: 5, transport: 'websocket', mode: 'personal' } as const
    const open = await openPortal(browser, { app: crossSite(server.url), method: 'get', server: settings })
    expect(await searchAfterEverything(open, settings)).toContain('__VUE_DEVTOOLS_GLOBAL_HOOK__')
    await open.close()
  })

  it('keeps its connection and every subscription once when a component or a store is edited', async () => {
    const open = await openPortal(browser, { app: crossSite(server.url), method: 'get' })
    const frame = await appFrame(open)
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
})

/** By the page itself: Chromium drops a mouse's clicks on a cross-site frame that has just moved. */
const clickSend = (frame: Frame) => frame.getByTestId('send').evaluate(button => (button as HTMLElement).click())

/** Makes everything happen of which something is told: messages, cuts, a gap, failed REST, expired and refused tokens, a taken scope. */
async function sufferEverything({ portal }: OpenPortal, frame: Frame, { version, transport, mode }: Server): Promise<void> {
  const isConnected = () => frame.getByTestId('status').filter({ hasText: /^connected$/ }).waitFor()
  const hasGap = (cause: string) => frame.waitForFunction(word => window.life.seen.some(line => (line as [string, { cause?: string }])[0] === 'b24-pull:gap' && (line as [string, { cause?: string }])[1].cause === word), cause)
  const send = () => clickSend(frame)
  const sendFails = async (code: string) => {
    await send()
    await expect.poll(() => frame.getByTestId('send-error').textContent()).toBe(code)
  }
  // New channels, and nothing received on the old ones.
  portal.faults.on('channel-expire', { action: 'get_config' })
  await hasGap('channel-changed')
  await isConnected()
  portal.emit({ module: 'application', command: 'numbered', params: { n: 1 } })
  portal.sendRaw('nonsense')
  portal.emit({ module: 'application', command: 'failing' })
  portal.faults.on('expire-tokens')
  const renewed = portal.waitFor('request', ({ method, status }) => method === 'pull.application.event.add' && status === 200, { timeout: PATIENCE })
  await send()
  await renewed
  portal.faults.on('fail-method', { method: 'pull.application.event.add', status: 400, error: 'COMMAND_ERROR' })
  await sendFails('COMMAND_ERROR')
  portal.faults.on('refuse-scope')
  await sendFails('INSUFFICIENT_SCOPE')
  portal.faults.clear()
  // On one of them: the SDK waits 10 s for the answer.
  if (version < 5 || transport !== 'websocket' || mode !== 'personal') return
  portal.faults.on('refuse-refresh')
  portal.faults.on('expire-tokens')
  await sendFails('AUTH_EXPIRED')
  portal.faults.clear()
}

/**
 * Makes everything happen in an app, and looks in all that it, its logs and its tools can reach for what has gone over the wire.
 *
 * @returns the names of the devtools' globals, which have been searched too
 */
async function searchAfterEverything(open: OpenPortal, settings: Server): Promise<string[]> {
  await appFrame(open)
  const wire = collectSecrets(open)
  // From here on every secret goes by the collector.
  const frame = await reopen(open)
  await sufferEverything(open, frame, settings)

  const kinds = await wire.secrets()
  // The collector works: nothing is found that it does not know. Before version 4, a config names no public channels, which are what is signed.
  const { version, mode } = settings
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['AUTH_ID', 'REFRESH_ID', 'id', 'public_id', ...version >= 4 ? ['signature'] : [], ...version >= 5 ? ['jwt'] : [], ...mode === 'shared' ? ['clientId'] : []]))
  const secrets = [...new Set([...kinds.values()].flat())]
  expect(await frame.evaluate(() => window.life.app.$b24Pull.transport.value)).toBe(settings.transport)
  const { probe, told, tools, reachedByTools, ...places } = await frame.evaluate(([walk, values]) => {
    const find = (0, eval)(`(${walk})`) as typeof findSecrets
    const { seen, app } = window.life
    const devtools = Object.fromEntries(Object.getOwnPropertyNames(window).filter(name => name.includes('DEVTOOLS')).map(name => [name, window[name as keyof Window] as unknown]))
    return {
      probe: find({ a: new Map([['b', () => {}]]), [Symbol('s')]: [values[0]] }, values).found,
      told: seen.map(line => (line as unknown[])[0]),
      tools: Object.keys(devtools),
      reachedByTools: find(devtools, ['numbered']).found.length,
      written: find([JSON.stringify(app.$pinia.state.value), JSON.stringify(app.payload), document.documentElement.outerHTML], values),
      hooksAndLog: find(seen, values),
      pull: find(app.$b24Pull, values),
      frame: find(app.$b24Pull.frame.value, values),
      pinia: find(app.$pinia, values),
      payload: find(app.payload, values),
      devtools: find(devtools, values),
    }
  }, [findSecrets.toString(), secrets] as const)
  expect(probe).toHaveLength(1)
  expect(told).toEqual(expect.arrayContaining(['b24-pull:message', 'b24-pull:status', 'b24-pull:gap', 'b24-pull:error', 'error', 'log']))
  for (const [place, { found }] of Object.entries(places)) expect(found, place).toEqual([])
  expect(places.pull.visited).toBeGreaterThan(30)
  // From the devtools, too, the search gets as far as the messages that the store keeps.
  if (tools.length > 0) expect(reachedByTools).toBeGreaterThan(0)
  // What the server rendered, from a form that had the tokens in it.
  const html = wire.documents()
  expect(html).toContain('__NUXT')
  expect(secrets.filter(secret => html.includes(secret))).toEqual([])
  return tools
}

/** Every secret that goes by between portal and page from now on, as the wire has it, by its name there. */
function collectSecrets({ page }: OpenPortal): { secrets: () => Promise<Map<string, string[]>>, documents: () => string } {
  const texts: Promise<{ text: string, isRest: boolean }>[] = []
  const documents: string[] = []
  page.on('response', (response) => {
    const isRest = response.url().includes('/rest/')
    const type = response.headers()['content-type'] ?? ''
    if (type.includes('json')) texts.push(response.text().then(text => ({ text, isRest }), () => ({ text: '', isRest })))
    else if (type.includes('html')) texts.push(response.text().catch(() => '').then((text) => {
      documents.push(text)
      return { text: '', isRest }
    }))
  })
  return {
    async secrets() {
      const found = new Map<string, string[]>()
      for (const { text, isRest } of await Promise.all(texts)) {
        const names = `AUTH_ID|REFRESH_ID|access_token|refresh_token|jwt|public_id|signature|clientId${isRest ? '|id' : ''}`
        for (const [, name = '', value = ''] of text.matchAll(new RegExp(String.raw`"(${names})\\?"\s*:\s*\\?"([^"\\]{16,})`, 'g'))) {
          found.set(name, [...found.get(name) ?? [], ...[value, ...value.split(/[.:]/)].filter(piece => piece.length >= 16)])
        }
      }
      return found
    },
    documents: () => documents.join('\n'),
  }
}

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
