import process from 'node:process'
import type { Browser } from 'playwright-core'
import { serve } from 'srvx'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { root } from '../../scripts/lib/root.mjs'
import { main } from '../../src/cli'
import { startBuiltApp } from '../support/app'
import { launchBrowser } from '../support/browser'
import { PATIENCE } from '../support/patience'
import { crossSite, openPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

// What docs/deploy.md promises of the playground's production build on a Nitro server.

/** As a real portal opens a frame: some of it in the address, the tokens in the body. */
const address = { DOMAIN: 'company.bitrix24.com', PROTOCOL: '1', LANG: 'en', APP_SID: '9c33468728e1d2c8c97562475edfd96e' }
const form = {
  AUTH_ID: 'access-token-of-the-form',
  AUTH_EXPIRES: '3600',
  REFRESH_ID: 'refresh-token-of-the-form',
  member_id: 'da45a03b265edd8787f8a258d793cc5d',
  status: 'L',
  PLACEMENT: 'DEFAULT',
  PLACEMENT_OPTIONS: '{"any":"value"}',
}

let server: TestServer

beforeAll(async () => {
  server = await startBuiltApp()
})

afterAll(() => server?.stop())

function post(path: string): Promise<Response> {
  return fetch(`${server.url}${path}?${new URLSearchParams(address)}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
}

describe('the playground on a Nitro server', () => {
  it.each(['/', '/deals'])('answers the form that a portal posts to %s with the page', async (path) => {
    const answer = await post(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toContain('<title>Pull playground</title>')
  })

  it('may stand in a frame', async () => {
    const { headers } = await post('/')
    expect(headers.get('x-frame-options')).toBeNull()
    expect(headers.get('content-security-policy') ?? '').not.toContain('frame-ancestors')
  })

  it('puts no token of the form into the page, a header, or its own log', async () => {
    const answer = await post('/')
    const told = [await answer.text(), ...answer.headers.values(), server.output()].join('\n')
    for (const secret of [form.AUTH_ID, form.REFRESH_ID]) expect(told).not.toContain(secret)
  })

  it('has nothing wrong for doctor, not in a frame in Chromium either', async () => {
    const lines: string[] = []
    const code = await main(['doctor', crossSite(server.url), '--json'], { out: line => lines.push(line), error: line => lines.push(line), untilEnd: async () => {}, folder: root, env: { ...process.env, CHROME_PATH: findChromium() } })
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ findings: [], isOpenedInChromium: true })
    expect(code).toBe(0)
  })

  it('is FRAME_SILENT for doctor where its scripts do not run in the frame', async () => {
    const page = '<script src="/app.js"></script>'
    const broken = serve({ port: 0, hostname: '127.0.0.1', silent: true, fetch: ({ url }) => new URL(url).pathname === '/app.js'
      ? new Response('throw new Error("b24-pull is not to be had")', { headers: { 'content-type': 'text/javascript' } })
      : new Response(page, { headers: { 'content-type': 'text/html' } }) })
    onTestFinished(() => broken.close(true))
    await broken.ready()
    const lines: string[] = []
    await main(['doctor', broken.url!, '--json'], { out: line => lines.push(line), error: line => lines.push(line), untilEnd: async () => {}, folder: root, env: { ...process.env, CHROME_PATH: findChromium() } })
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ findings: [{ code: 'FRAME_SILENT', why: expect.stringContaining('b24-pull is not to be had') }] })
  })

  describe('in a browser', () => {
    let browser: Browser

    beforeAll(async () => {
      browser = await launchBrowser()
    })

    afterAll(() => browser?.close())

    it('connects in a frame that was opened by a POST, and hears a command', async () => {
      const open = await openPortal(browser, { app: crossSite(server.url), method: 'post' })
      const { portal, page, problems, inApp } = open
      try {
        const posted: string[] = []
        page.on('request', request => request.isNavigationRequest() && request.method() === 'POST' && posted.push(new URL(request.url()).pathname))
        portal.reloadFrame(portal.frames[0]!.id)
        await expect.poll(() => posted).toEqual(['/'])
        await portal.waitFor('connection', 1, { timeout: PATIENCE })
        await inApp('pull-status').filter({ hasText: /^\s*connected\s*$/ }).waitFor()
        portal.emit({ module: 'application', command: 'ping', params: { from: 'the portal' } })
        await inApp('ping-count').filter({ hasText: '1' }).waitFor()
        expect(problems).toEqual({ uncaught: [], consoleErrors: [] })
      }
      finally {
        await open.close()
      }
    })
  })
})
