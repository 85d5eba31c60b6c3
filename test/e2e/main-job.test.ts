import type { Browser, Request } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBuiltApp } from '../support/app'
import { launchBrowser, watchProblems } from '../support/browser'
import { PATIENCE } from '../support/patience'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

let browser: Browser
let server: TestServer

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startBuiltApp()])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Waits until an element's whole text is the given one. */
async function seen(open: OpenPortal, testId: string, text: string): Promise<void> {
  await open.inApp(testId).filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor()
}

describe('the playground in the dev portal', () => {
  let open: OpenPortal
  /** How many calls the portal has had before the test. */
  let before: number

  beforeAll(async () => {
    open = await openPortal(browser, { app: crossSite(server.url) })
    // Else the calls of this first frame may come in a test.
    await seen(open, 'pull-status', 'connected')
  })

  afterAll(() => open?.close())

  /** One portal and its page for all; the app is opened anew for each test. */
  beforeEach(async () => {
    for (const { id } of open.portal.frames.slice(1)) open.portal.closeFrame(id)
    before = open.portal.requests.length
    await open.reopen()
    await seen(open, 'pull-status', 'connected')
  })

  it('connects with one REST round trip', () => {
    const forThePull = open.portal.requests.slice(before).map(request => request.method).filter(method => !method.startsWith('app.option'))
    expect(forThePull).toEqual(['profile', 'pull.application.config.get', 'batch'])
  })

  it('brings a ping of its own through REST and the push server back into a component', async () => {
    await open.inApp('ping-send').click()
    await seen(open, 'ping-count', '1')
    expect(open.portal.requests.at(-1)?.method).toBe('pull.application.event.add')
    expect(await open.inApp('ping-last').textContent()).toMatch(/\d+ ms/)
  })

  it('hears what is sent by hand from the portal\'s form', async () => {
    await open.page.getByTestId('emit-module').fill('application')
    await open.page.getByTestId('emit-command').fill('ping')
    await open.page.getByTestId('emit-params').fill('{ "by": "hand" }')
    await open.page.getByTestId('emit-send').click()
    await seen(open, 'ping-count', '1')
    expect(await open.inApp('ping-last').textContent()).toContain('hand')
  })

  it('shows a mistake in the form beside its field and sends nothing', async () => {
    const pings = () => open.portal.log.filter(entry => entry.source === 'push' && entry.title.includes('ping')).length
    const earlier = pings()
    await open.page.getByTestId('emit-params').fill('{ "by": }')
    await open.page.getByTestId('emit-send').click()
    await expect.poll(() => open.page.getByTestId('emit-params').getAttribute('aria-invalid')).toBe('true')
    expect(pings()).toBe(earlier)
  })

  it('reloads the options in the first frame when the slider saves them', async () => {
    await open.inApp('open-settings').click()
    await open.slider.getByTestId('settings-save').click()
    await seen(open, 'options-reloads', '1')
    expect(open.portal.requests.slice(before).some(request => request.method === 'app.option.set')).toBe(true)
  })

  it('writes nothing to the console and throws nothing', async () => {
    await open.inApp('ping-send').click()
    await seen(open, 'ping-count', '1')
    expect(open.problems).toEqual({ uncaught: [], consoleErrors: [] })
  })

  it('stops and starts again by hand', async () => {
    await open.app.getByRole('button', { name: 'Stop' }).click()
    await seen(open, 'pull-status', 'closed')
    await open.portal.waitFor(() => open.portal.connections.length === 0, { timeout: PATIENCE })
    await open.app.getByRole('button', { name: 'Start' }).click()
    await seen(open, 'pull-status', 'connected')
  })

  it('sends a ping every second until it is told to stop', async () => {
    const sent: Request[] = []
    const answered: Request[] = []
    const isPing = (request: Request) => request.method() === 'POST' && request.url().includes('pull.application.event.add')
    open.page.on('request', request => isPing(request) && sent.push(request))
    open.page.on('requestfinished', request => isPing(request) && answered.push(request))
    // The last test of the page, whose clock stays in its hands. Nuxt keeps the timers that are there when it is loaded.
    await open.page.clock.install()
    await open.reopen()
    await seen(open, 'pull-status', 'connected')

    const button = open.inApp('ping-every-second')
    await button.click()
    await expect.poll(() => sent.length).toBeGreaterThan(2)
    await button.click()
    await open.app.getByRole('button', { name: 'Every second', pressed: false }).waitFor()
    const all = sent.length
    await expect.poll(() => answered.length).toBe(all)

    await open.page.clock.runFor(3_000)
    // Whatever was still to be sent would be sent before this one.
    await open.inApp('ping-send').click()
    await seen(open, 'ping-count', String(all + 1))
    expect(sent).toHaveLength(all + 1)
  })
})

describe('the playground outside a portal', () => {
  it('says `failed`, tells why in one info line, and throws nothing', async () => {
    const page = await browser.newPage()
    const problems = watchProblems(page)
    const lines: string[] = []
    page.on('console', message => lines.push(message.text()))
    await page.clock.install()
    await page.goto(server.url)
    await page.getByTestId('pull-status').filter({ hasText: 'failed' }).waitFor()
    // A minute later, and with all that was written up to then.
    await page.clock.runFor(60_000)
    await page.evaluate(() => console.info('the end'))
    await expect.poll(() => lines).toContain('the end')
    expect(lines.filter(line => line.includes('b24-pull'))).toEqual([expect.stringContaining('not open in a Bitrix24 frame')])
    expect(await page.locator('body').textContent()).toContain('NOT_IN_FRAME')
    expect(problems).toEqual({ uncaught: [], consoleErrors: [] })
    await page.close()
  })
})
