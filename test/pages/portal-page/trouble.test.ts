import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser'
import { freePort } from '../../support/ports'
import { openPortal } from '../../support/portal-page'
import type { OpenPortal } from '../../support/portal-page'

// An app that cannot be opened: the frame says why, and opens it as soon as it can.

/** An app of one page, which does what the SDK does first. */
const APP = `<!doctype html><title>App</title><h1>The app</h1><script>
parent.postMessage('getInitData:key:' + window.name.split('|')[2], '*')
</script>`

const behaviours = {
  fine: (_request, response) => void response.setHeader('content-type', 'text/html').end(APP),
  silent: (_request, response) => void response.setHeader('content-type', 'text/html').end('<h1>No SDK here</h1>'),
  failing: (_request, response) => void response.writeHead(500).end(),
  missing: (_request, response) => void response.writeHead(404).end(),
  getOnly: (request, response) => void response.writeHead(request.method === 'GET' ? 200 : 405).end(),
  unframed: (_request, response) => void response.writeHead(200, { 'x-frame-options': 'DENY' }).end(APP),
  elsewhere: (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/login' }).end(),
} satisfies Record<string, RequestListener>

let browser: Browser
let server: Server
let open: OpenPortal
let port: number
const lines: string[] = []
let behaviour: keyof typeof behaviours = 'fine'

beforeAll(async () => {
  port = await freePort('app')
  server = createServer((request, response) => behaviours[behaviour](request, response))
  browser = await launchBrowser()
  open = await openPortal(browser, { app: `http://localhost:${port}`, onProblem: line => lines.push(line) })
})

afterAll(async () => {
  await open.close()
  await browser.close()
  server.closeAllConnections()
  server.close()
})

const cover = () => open.page.getByRole('alert').filter({ has: open.page.getByRole('button', { name: 'Try again now' }) })

describe('an app that is not running', () => {
  it('is covered by a page that says so, and opened by itself once it runs', async () => {
    await cover().filter({ hasText: `Nothing answers at http://localhost:${port}` }).waitFor()
    await cover().getByText('Start the app').waitFor()
    expect(open.portal.log.find(({ level }) => level === 'error')?.title).toBe(`Nothing answers at http://localhost:${port}`)
    expect(lines[0]).toContain('Start the app')

    server.listen(port)
    await once(server, 'listening')
    expect((server.address() as AddressInfo).port).toBe(port)
    await open.app.getByRole('heading', { name: 'The app' }).waitFor()
    await cover().waitFor({ state: 'detached' })
  })
})

describe('an app that is not installed', () => {
  it('is opened for an administrator only, and offered at no place, until it is', async () => {
    behaviour = 'fine'
    const tools = open.page.getByRole('complementary', { name: 'Tools' })
    await tools.getByRole('tab', { name: 'Portal' }).click()
    await tools.getByRole('button', { name: 'Install the app again' }).click()
    await open.page.getByRole('status').filter({ hasText: 'no event reaches it' }).waitFor()
    open.portal.switchUser(2)
    const barrier = open.page.getByRole('alert').filter({ hasText: 'The app is not installed yet' })
    await barrier.waitFor()
    expect(await open.page.getByTestId('app-frame').count()).toBe(0)
    await open.page.getByRole('button', { name: 'Open', exact: true }).click()
    expect(await open.page.getByRole('menuitem').allTextContents()).toEqual([expect.stringContaining('DEFAULT')])
    await open.page.keyboard.press('Escape')
    open.portal.switchUser(1)
    await open.app.getByRole('heading', { name: 'The app' }).waitFor()
    await open.app.locator('body').evaluate(() => parent.postMessage(`setInstallFinish:key:${window.name.split('|')[2]}`, '*'))
    await open.portal.waitFor(() => open.portal.isInstalled)
  })
})

describe('an app that answers, but not as it should', () => {
  it.each([
    ['getOnly', 'The app answers 405 to POST /', '--method get'],
    ['failing', 'The app answers 500 to POST /', 'its shell'],
    ['missing', 'The app answers 404 to POST /', '--app'],
    ['unframed', 'The app forbids to be shown in a frame', 'frame-ancestors'],
    ['elsewhere', 'The app redirects to http://127.0.0.1:9', '--app http://127.0.0.1:9'],
  ] as const)('(%s) is told by its name: %s', async (name, title, fix) => {
    behaviour = name
    open.portal.reloadFrame(open.portal.frames[0]!.id)
    await cover().getByRole('heading', { name: title }).waitFor()
    await cover().filter({ hasText: fix }).waitFor()
    behaviour = 'fine'
    await cover().getByRole('button', { name: 'Try again now' }).click()
    await open.app.getByRole('heading', { name: 'The app' }).waitFor()
    await cover().waitFor({ state: 'detached' })
  })
})

describe('an app that never asks for getInitData', () => {
  it('is told, and may be looked at all the same', async () => {
    behaviour = 'silent'
    open.portal.reloadFrame(open.portal.frames[0]!.id)
    await cover().getByText('The app has not asked for getInitData').waitFor()
    await cover().getByRole('button', { name: 'Show the frame as it is' }).click()
    await open.app.getByRole('heading', { name: 'No SDK here' }).waitFor()
  })
})
