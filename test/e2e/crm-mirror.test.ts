import type { Browser, FrameLocator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCrm } from '../../examples/crm-mirror/portal/crm'
import { violations } from '../support/axe'
import { launchBrowser } from '../support/browser'
import { PATIENCE } from '../support/patience'
import { freePort } from '../support/ports'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'
import { buildExample } from '../support/variant'
import type { BuiltApp } from '../support/variant'

// The example `examples/crm-mirror` as it is deployed: one portal, two people before it, and a back end that comes and goes.

const MINUTES = 10
const CHANGES = 1_000
const CALLS_AT_MOST = 25

let browser: Browser
let app: BuiltApp
let server: TestServer
let open: OpenPortal
let env: Record<string, string>
let frames: FrameLocator[]

const crm = createCrm()

beforeAll(async () => {
  let port: number
  [browser, app, port] = await Promise.all([launchBrowser(), buildExample('crm-mirror'), freePort('portal')])
  env = { NUXT_B24_CLIENT_ID: 'local.dev-portal', NUXT_B24_CLIENT_SECRET: 'dev-portal-secret', NUXT_B24_PORTAL: `127.0.0.1:${port}` }
  server = await app.start(env)
  open = await openPortal(browser, { app: crossSite(app.url), port, install: true, installUrl: '/install', installCallback: '/api/b24-events', rest: crm })
  // Installed by one person, and only then opened by another.
  await open.inApp('state').waitFor()
  await open.page.getByRole('button', { name: 'Side by side' }).first().click()
  await open.page.getByRole('menu').getByText('Emil Employee').click()
  frames = [open.app, open.page.getByRole('region', { name: 'Portal of Emil' }).frameLocator('iframe')]
})

afterAll(async () => {
  await open?.close()
  await browser?.close()
  await server?.stop()
})

afterEach(() => void vi.restoreAllMocks())

/** What CRM has, and what a frame shows of it. */
const inCrm = () => (crm['crm.deal.list']!({}, {} as never) as { TITLE: string, OPPORTUNITY: string }[])
  .map(({ TITLE, OPPORTUNITY }) => `${TITLE}, ${Number(OPPORTUNITY).toLocaleString('en-GB')} EUR`)
const shownIn = (frame: FrameLocator) => frame.getByRole('listitem').evaluateAll(rows => rows
  .map(row => [...row.querySelectorAll('span')].slice(0, 2).map(({ textContent }) => textContent?.trim()).join(', ')))

async function untilRight(): Promise<void> {
  for (const frame of frames) {
    await frame.getByTestId('state').filter({ hasText: 'live' }).waitFor()
    await expect.poll(() => shownIn(frame)).toEqual(inCrm())
  }
}

/** A change that was made elsewhere in the portal. */
async function change(method: string, params: Record<string, unknown>): Promise<void> {
  await fetch(`${open.portal.webhook}${method}.json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(params) })
}

const calls = () => open.portal.requests.filter(({ inBatch }) => !inBatch)

describe('the example crm-mirror', () => {
  it('binds its events on the installation page, is told of the installation, and opens', async () => {
    await untilRight()
    expect(open.portal.isInstalled).toBe(true)
    const [first] = open.portal.requests.filter(({ method }) => method === 'batch')
    expect(first).toMatchObject({ status: 200, userId: 1 })
    expect(open.portal.requests.filter(({ method }) => method === 'event.bind')).toHaveLength(7)
    expect((await open.portal.waitFor('log', 'ONAPPINSTALL', { timeout: PATIENCE })).details).toMatchObject({ deliveries: [{ status: 200, error: null }] })
  })

  it('shows both people what either of them, or somebody elsewhere, adds, changes and deletes', async () => {
    await frames[1]!.getByTestId('title').fill('Curtains')
    await frames[1]!.getByTestId('add').click()
    await untilRight()
    await frames[0]!.getByRole('button', { name: 'Raise Curtains by 100' }).click()
    await untilRight()
    expect(inCrm()[0]).toBe('Curtains, 100 EUR')
    await frames[1]!.getByRole('button', { name: 'Delete Curtains' }).click()
    await untilRight()
    await change('crm.deal.update', { id: 1, fields: { TITLE: 'Chairs, third delivery' } })
    await untilRight()
    expect(open.problems.uncaught).toEqual([])
  })

  it('can be read by everybody, in light and dark', async () => {
    const frame = (await (await open.page.getByTestId('app-frame').first().elementHandle())!.contentFrame())!
    for (const colorScheme of ['light', 'dark'] as const) {
      await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expect.poll(() => violations(frame, colorScheme), { interval: 1_000, message: colorScheme }).toEqual([])
    }
  })

  it(`has caught up with ${CHANGES} changes of ${MINUTES} minutes when its back end is back, by ${CALLS_AT_MOST} calls or fewer`, async () => {
    await server.stop()
    let ahead = 0
    const now = Date.now.bind(Date)
    vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead)
    for (let i = 0; i < CHANGES; i++) {
      ahead += MINUTES * 60_000 / CHANGES
      const id = 1 + i % 60
      if (i < 60) await change('crm.deal.add', { fields: { TITLE: `Order ${i}` } })
      else if (i >= CHANGES - 20) await change('crm.deal.delete', { id: 2 * id })
      else await change('crm.deal.update', { id, fields: { OPPORTUNITY: `${i}.00` } })
    }
    const before = calls().length
    server = await app.start(env)
    const since = performance.now()
    await untilRight()
    const seconds = ((performance.now() - since) / 1_000).toFixed(1)
    const made = calls().slice(before).map(({ method }) => method)
    console.info(`${CHANGES} changes in ${MINUTES} minutes without a back end: both frames right ${seconds} s after its return, ${made.length} REST calls: ${made.join(', ')}`)
    expect(made.length).toBeLessThanOrEqual(CALLS_AT_MOST)
  })

  it('does the same with a queue in PostgreSQL, here the embedded one', async () => {
    await server.stop()
    await change('crm.deal.update', { id: 60, fields: { TITLE: 'Changed while it was away' } })
    server = await app.start({ ...env, DATABASE_URL: './.data/queue' })
    await untilRight()
    await change('crm.deal.update', { id: 59, fields: { TITLE: 'Changed since' } })
    await untilRight()
  })
})
