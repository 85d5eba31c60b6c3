import type { Browser, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBuiltApp } from '../support/app'
import { launchBrowser } from '../support/browser'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

// Faults as a person switches them on, in the portal's page, and what the playground then shows.

let browser: Browser
let server: TestServer
let open: OpenPortal

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startBuiltApp()])
  open = await openPortal(browser, { app: crossSite(server.url) })
  await open.page.getByRole('tab', { name: 'Faults' }).click()
  await badge('connected')
})

afterAll(async () => {
  await open?.close()
  await browser?.close()
  await server?.stop()
})

afterEach(() => {
  open.portal.faults.clear()
  expect(open.problems.uncaught).toEqual([])
})

const badge = (status: string, where = open) => where.inApp('pull-status').filter({ hasText: new RegExp(`^\\s*${status}\\s*$`) }).waitFor()
const problem = (code: string) => open.app.getByRole('alert').filter({ hasText: code })
const fault = (title: string) => open.page.getByRole('group', { name: title, exact: true })
const banner = (where = open) => where.page.getByRole('region', { name: 'Faults that are on' })
const answers = (method: string, since: number) => open.portal.requests.slice(since).filter(request => request.method === method).map(({ status }) => status)

const flip = (title: string) => fault(title).getByRole('switch').click()

async function fill(title: string, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await fault(title).getByLabel(label).fill(value)
}

/** Sends a ping from the app, and waits until it has come back as one more. */
async function ping(): Promise<void> {
  const count = Number(await open.inApp('ping-count').textContent())
  await open.inApp('ping-send').click()
  await whole(open.inApp('ping-count'), String(count + 1))
}

const whole = (element: Locator, text: string) => element.filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor()

describe('a fault from the page', () => {
  it('is shown above everything as long as it is on, and switched off from there', async () => {
    await flip('Take a scope away')
    await banner().getByText('A fault is on').waitFor()
    await open.inApp('ping-send').click()
    await problem('INSUFFICIENT_SCOPE').waitFor()
    await banner().getByRole('button', { name: 'Turn off: Take a scope away' }).click()
    await banner().waitFor({ state: 'detached' })
    await ping()
    await problem('INSUFFICIENT_SCOPE').waitFor({ state: 'detached' })
  })

  it('acts as its fields say, and is over when it is used up', async () => {
    const since = open.portal.requests.length
    await fill('Fail a REST method', { 'Times': '2', 'Status': '403', 'Error code': 'ACCESS_DENIED' })
    await flip('Fail a REST method')
    await fault('Fail a REST method').getByText('2 left').waitFor()
    for (const left of ['1 left', null]) {
      await open.inApp('ping-send').click()
      await problem('REST_NOT_AVAILABLE').waitFor()
      await (left === null ? banner().waitFor({ state: 'detached' }) : banner().getByText(left).waitFor())
    }
    await ping()
    expect(answers('pull.application.event.add', since)).toEqual([403, 403, 200])
  })

  it('may be an action, done at once', async () => {
    const before = open.portal.connections[0]!.id
    await fault('Cut connections').getByRole('button').click()
    await expect.poll(() => open.portal.connections[0]?.id ?? before).not.toBe(before)
    await badge('connected')
    await banner().waitFor({ state: 'detached' })
    await ping()
  })

  it('makes a ping slow on its way back', async () => {
    await fill('Slow push', { 'Delay, ms': '600' })
    await flip('Slow push')
    await banner().waitFor()
    await ping()
    expect(Number.parseInt(/(\d+) ms/.exec(await open.inApp('ping-last').textContent() ?? '')?.[1] ?? '')).toBeGreaterThanOrEqual(595)
  })

  it('makes a ping slow on its way out', async () => {
    await fill('Slow REST', { 'Delay, ms': '600' })
    await flip('Slow REST')
    await banner().waitFor()
    await ping()
    expect(Number.parseInt(/(\d+) ms/.exec(await open.inApp('ping-last').textContent() ?? '')?.[1] ?? '')).toBeGreaterThanOrEqual(595)
  })

  it('is refused with a sentence where a field is out of bounds', async () => {
    await fill('Refuse connections', { 'For, s': '0' })
    await flip('Refuse connections')
    await open.page.getByText('Setting `seconds` of the fault refuse-connections is 0.').first().waitFor()
    expect(open.portal.faults.list.some(({ isOn }) => isOn)).toBe(false)
  })
})

describe('a fault from code', () => {
  it('shows in the page with its settings', async () => {
    open.portal.faults.on('reorder-messages', { count: 7 })
    await fault('Reorder messages').getByText('7 left').waitFor()
    expect(await fault('Reorder messages').getByLabel('Messages', { exact: true }).inputValue()).toBe('7')
    open.portal.faults.off('reorder-messages')
    await banner().waitFor({ state: 'detached' })
  })

  it('expire-tokens: the app\'s next call is repeated with a new token, and succeeds', async () => {
    const since = open.portal.requests.length
    open.portal.faults.on('expire-tokens')
    await ping()
    expect(answers('pull.application.event.add', since)).toEqual([401, 200])
  })
})

describe('a fault from the options', () => {
  it('is on before the app opens: it fails with its reason, and starts by hand once it is off', async () => {
    const broken = await openPortal(browser, { app: crossSite(server.url), faults: { 'not-configured': true } })
    try {
      await badge('failed', broken)
      await broken.app.getByText('PULL_NOT_CONFIGURED').waitFor()
      await banner(broken).getByRole('button', { name: 'Turn off: Push & Pull not configured' }).click()
      await banner(broken).waitFor({ state: 'detached' })
      await broken.app.getByRole('button', { name: 'Start' }).click()
      await badge('connected', broken)
      expect(broken.problems.uncaught).toEqual([])
    }
    finally {
      await broken.close()
    }
  })
})
