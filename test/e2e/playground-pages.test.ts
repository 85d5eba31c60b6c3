import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { pages } from '../../playground/app/utils/pages'
import { createPortalRest } from '../../playground/portal/rest'
import { startBuiltApp } from '../support/app'
import { violations } from '../support/axe'
import { launchBrowser, watchProblems } from '../support/browser'
import { PATIENCE } from '../support/patience'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

const applicationToken = 'known to the portal and the back end'

let browser: Browser
let server: TestServer
let open: OpenPortal

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startBuiltApp({ NUXT_B24_APPLICATION_TOKEN: applicationToken })])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Waits until an element's whole text is the given one. */
async function seen(testId: string, text: string | RegExp): Promise<void> {
  const whole = typeof text === 'string' ? new RegExp(`^\\s*${text}\\s*$`) : text
  await open.inApp(testId).filter({ hasText: whole }).waitFor()
}

const click = (...testIds: string[]) => testIds.reduce((before, testId) => before.then(() => open.inApp(testId).click()), Promise.resolve())
const visit = (label: string) => open.app.getByRole('link', { name: label, exact: true }).click()

describe('in a frame of the portal', () => {
  /** Lines that a test itself has caused in the console. */
  let expectedErrors: RegExp[]

  /** Waits for them, too: what writes them is loaded with the first one. */
  async function expectErrors(...patterns: RegExp[]): Promise<void> {
    expectedErrors = patterns
    await expect.poll(() => open.problems.consoleErrors).toHaveLength(patterns.length)
  }

  /** How many calls the portal has had before the test. */
  let earlier: number
  const requestsOf = (method: string) => open.portal.requests.slice(earlier).filter(request => request.method === method)

  beforeAll(async () => {
    open = await openPortal(browser, { app: crossSite(server.url), applicationToken, rest: createPortalRest(), server: { version: 5 } })
    // Else the calls of this first frame may come in a test.
    await seen('pull-status', 'connected')
  })

  afterAll(() => open?.close())

  /** One portal and its page for all; the app is opened anew for each test. */
  beforeEach(async () => {
    expectedErrors = []
    earlier = open.portal.requests.length
    open.portal.faults.clear()
    await open.reopen()
    await seen('pull-status', 'connected')
    for (const problems of Object.values(open.problems)) problems.length = 0
  })

  afterEach(() => {
    const { uncaught, consoleErrors } = open.problems
    expect(uncaught).toEqual([])
    expect(consoleErrors).toEqual(expectedErrors.map(pattern => expect.stringMatching(pattern)))
  })

  it('every page is reached without a new connection', async () => {
    const before = open.portal.connections.map(({ id }) => id)
    for (const { label, to } of pages.toReversed()) {
      await visit(label)
      await open.app.locator(`a[href="${to}"][aria-current="page"]`).waitFor()
      await open.app.getByRole('heading', { level: 2 }).first().waitFor()
    }
    expect(open.portal.connections.map(({ id }) => id)).toEqual(before)
    expect(requestsOf('pull.application.config.get')).toHaveLength(1)
  })

  it('every card has its code one click away, and can be read by everybody, in light and dark', async () => {
    const frame = (await (await open.page.getByTestId('app-frame').elementHandle())!.contentFrame())!
    for (const { label, to } of pages) {
      await visit(label)
      await open.app.locator(`a[href="${to}"][aria-current="page"]`).waitFor()
      await open.app.locator('section').first().waitFor()
      const buttons = open.app.getByRole('button', { name: /^Code of/ })
      expect(await buttons.count(), label).toBe(await open.app.locator('section').count())
      await buttons.first().click()
      await open.app.locator('figure pre').first().filter({ hasText: /usePull|b24-pull|defineB24EventHandler/ }).waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expect.poll(() => violations(frame, colorScheme), { interval: 1_000, message: `${label}, ${colorScheme}` }).toEqual([])
      }
    }
  })

  it('shows people where the connection stands, in their language, and offers to try at once', async () => {
    const russian = open.app.locator('[data-status]').filter({ has: open.app.locator('[lang="ru"]') }).first()
    await russian.filter({ hasText: 'Данные обновляются сразу' }).waitFor()
    open.portal.faults.on('refuse-connections', { seconds: 600 })
    open.portal.faults.on('cut-connections')
    await russian.filter({ hasText: /Связь потеряна\s*Связь с Битрикс24 прервалась.+Следующая попытка через \d+ с/ }).waitFor()
    await russian.getByRole('button', { name: 'Повторить сейчас' }).waitFor()
    open.portal.faults.clear()
    await russian.filter({ hasText: 'Данные обновляются сразу' }).waitFor()
    expectedErrors = open.problems.consoleErrors.map(text => new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  })

  it('the page of commands counts by each option, and replays to those who come late', async () => {
    await visit('Commands')
    await click('tick-send')
    await seen('heard-every', '1')
    await click('pause', 'tick-send')
    await seen('heard-every', '2')
    await click('pause', 'late-toggle')
    await seen('heard-replay', '1')
    await click('tick-send')
    await seen('heard-every', '3')
    const counts = await Promise.all(['once', 'even', 'pausable', 'all', 'replay', 'late'].map(name => open.inApp(`heard-${name}`).textContent()))
    expect(counts).toEqual(['1', '1', '2', '3', '2', '1'])
  })

  it('the page of commands hears all of a module by one listener, and all of every module by another', async () => {
    await visit('Commands')
    await seen('heard-all', '0')
    for (const command of ['tick', 'some.command', 'another.one']) open.portal.emit({ module: 'application', command, params: { n: 1 } })
    open.portal.emit({ module: 'another', command: 'tick' })
    await seen('heard-all', '4')
    expect([await open.inApp('heard-module').textContent(), await open.inApp('heard-every').textContent()]).toEqual(['3', '1'])
  })

  it('the page of commands tells what this page has sent from what others have', async () => {
    await visit('Commands')
    await click('tick-send')
    await seen('heard-every', '1')
    open.portal.emit({ module: 'application', command: 'tick', params: { n: 2 } })
    await seen('heard-every', '2')
    await seen('heard-others', '1')
  })

  it('the page of commands pauses a listener while its list is hidden', async () => {
    await visit('Commands')
    await click('tick-send')
    await seen('heard-active', '1')
    await click('kept-toggle', 'tick-send')
    await seen('heard-every', '2')
    await click('kept-toggle')
    await seen('heard-hidden', '2')
    await seen('heard-active', '1')
    await click('tick-send')
    await seen('heard-active', '2')
  })

  it('the page of commands tells what another client publishes from what the server sends', async () => {
    await visit('Commands')
    await click('hello-publish')
    await seen('heard-client', '1')
    expect(await open.inApp('heard-server').textContent()).toBe('0')
    await click('hello-send')
    await seen('heard-server', '1')
    expect(await open.inApp('heard-client').textContent()).toBe('1')
    await expect.poll(() => open.portal.connections).toHaveLength(1)
  })

  it('the page of commands says which push servers a client can publish to', async () => {
    const opensAnew = open.portal.waitFor('connection', undefined, { fresh: true, timeout: PATIENCE })
    open.portal.setServer({ version: 4 })
    onTestFinished(() => open.portal.setServer({ version: 5 }))
    await opensAnew
    await visit('Commands')
    await click('hello-publish')
    await seen('publish-problem', /this one has version 4/)
  })

  it('the page of schemas lets through what matches, in both directions', async () => {
    await visit('Schemas')
    await click('order-place')
    await seen('order-last', /3 × Desk.*Thursday.* 31 December/)
    await open.inApp('order-amount').fill('0')
    await click('order-place')
    await seen('order-refused', /amount.*The amount is below 1\..*SCHEMA_MISMATCH/)
    expect(requestsOf('pull.application.event.add')).toHaveLength(1)
    await click('order-unchecked')
    await seen('order-mismatch', /amount.*The amount is no number\..*SCHEMA_MISMATCH/)
    // What was not sent is told, too: `send()` never throws.
    await expectErrors(/order\.placed/, /order\.placed/)
  })

  it('the page of deals shows a change that somebody else has made', async () => {
    await visit('Deals')
    await click('handler-bind')
    await seen('handler-state', 'bound')
    await click('deal-raise-42')
    await seen('deal-42', '4,300 EUR')
  })

  it('the page of state changes by commands without a fetch, and fetches where it has to', async () => {
    await visit('State')
    await seen('notes-state', 'right')
    await open.inApp('note-text').fill('Buy chairs')
    await click('note-add')
    await seen('note', 'Buy chairs')
    await seen('notes-fetches', '1')
    await click('note-remove')
    await seen('notes-count', '0')
    await click('notes-pause')
    await seen('notes-state', 'may be behind')
    await click('notes-pause')
    await seen('notes-reason', 'resume')
    await click('notes-clear')
    await seen('notes-reason', 'command')
    await seen('notes-fetches', '3')
  })

  it('the page of refreshing fetches at the start, by hand, and while the connection is away', async () => {
    await visit('Refresh')
    await seen('refresh-last', /start/)
    await click('refresh-now')
    await seen('refresh-last', /manual/)
    open.portal.faults.on('refuse-connections', { seconds: 600 })
    open.portal.faults.on('cut-connections')
    await seen('refresh-last', /poll/)
    await seen('refresh-polled', /[1-9]/)
    expectedErrors = open.problems.consoleErrors.map(() => /WebSocket|503/)
  })

  it('the page of presence shows who comes', async () => {
    await visit('Presence')
    await seen('presence-1', 'online')
    await seen('presence-3', 'offline')
    open.portal.setOnline(3, true)
    await seen('presence-3', 'online')
    await seen('online-last', /userStatusChange/)
  })

  it('the page of notifications hands one to the portal', async () => {
    await visit('Notifications')
    await click('notify-send')
    await seen('notify-sent', /2, 3/)
    expect((await open.portal.waitFor('log', 'Notification: The report is ready', { timeout: PATIENCE })).details).toMatchObject({ userIds: [2, 3] })
  })

  it('the page of tags says which the portal watches', async () => {
    await visit('Watch')
    await seen('watch-PLAYGROUND_NEWS', 'watched')
    for (const [tag, word] of [['PLAYGROUND_MORE', 'watched'], ['CRM_DEAL_42', 'WATCH_REFUSED']] as const) {
      await open.inApp('watch-tag').fill(tag)
      await open.inApp('watch-tag').press('Enter')
      await seen(`watch-${tag}`, word)
    }
    await expectErrors(/does not watch the tag 'CRM_DEAL_42'/)
  })

  it('the page of hooks has noted everything since the start, errors too', async () => {
    await visit('Hooks')
    await seen('hooks-log', /connecting → connected/)
    await click('hooks-ping')
    await seen('hooks-log', /application:ping, by push/)
    await click('hooks-fail')
    await seen('hooks-log', /HANDLER_FAILED/)
    await expectErrors(/application' \/ 'fail'/)
  })
})

describe('outside a portal', () => {
  let page: Page

  afterEach(() => page.close())

  it.each(pages.filter(({ to }) => to !== '/messages'))('the page $to says why nothing happens, and nothing fails', async ({ to }) => {
    page = await browser.newPage()
    const problems = watchProblems(page)
    await page.goto(server.url + to)
    await page.getByTestId('pull-status').filter({ hasText: 'failed' }).waitFor()
    await page.getByText('NOT_IN_FRAME', { exact: true }).waitFor()
    expect(problems).toEqual({ uncaught: [], consoleErrors: [] })
  })
})
