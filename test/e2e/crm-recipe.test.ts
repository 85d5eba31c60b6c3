import type { Browser, FrameLocator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPortalRest } from '../../playground/portal/rest'
import { startBuiltApp } from '../support/app'
import { launchBrowser } from '../support/browser'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import type { TestServer } from '../support/server'

const applicationToken = 'known to the portal and the back end'
const EVENT = 'ONCRMDEALUPDATE'

let browser: Browser
let server: TestServer
let open: OpenPortal
/** What the portal keeps; tests change it as people in CRM do. */
let deal: { ID: string, TITLE: string, OPPORTUNITY: string, CURRENCY_ID: string }

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startBuiltApp({ NUXT_B24_APPLICATION_TOKEN: applicationToken })])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function begin(token: string): Promise<void> {
  deal = { ID: '42', TITLE: 'Desks', OPPORTUNITY: '100.00', CURRENCY_ID: 'EUR' }
  open = await openPortal(browser, {
    app: crossSite(server.url),
    applicationToken: token,
    rest: { ...createPortalRest(), 'crm.deal.list': () => [deal] },
  })
  await visitDeals(open.app)
  await open.inApp('handler-bind').click()
  await seen(open.app, 'handler-state', 'bound')
}

afterEach(() => open.close())

async function visitDeals(frame: FrameLocator): Promise<void> {
  await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
  await frame.getByRole('link', { name: 'Deals' }).click()
  await seen(frame, 'deal-42', '100 EUR')
}

async function seen(frame: FrameLocator, testId: string, text: string): Promise<void> {
  await frame.getByTestId(testId).filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor()
}

const sentEvents = () => open.portal.requests.filter(({ method }) => method === 'pull.application.event.add')

describe('a change in CRM', () => {
  beforeEach(() => begin(applicationToken))

  it('goes from the portal\'s event over the app\'s back end to the components of every open frame', async () => {
    open.portal.openFrame({ isSlider: true })
    await visitDeals(open.slider)
    deal.OPPORTUNITY = '2500.00'
    const { deliveries } = await open.portal.fireEvent(EVENT, { FIELDS: { ID: '42' } })
    expect(deliveries).toEqual([{ handler: `${crossSite(server.url)}/api/b24-events`, status: 200, error: null }])
    for (const frame of [open.app, open.slider]) await seen(frame, 'deal-42', '2,500 EUR')
    expect(sentEvents()).toMatchObject([{ status: 200, userId: 1, params: { COMMAND: 'deal.changed', PARAMS: { id: 42 } } }])
    expect(open.problems).toEqual({ uncaught: [], consoleErrors: [] })
  })

  it('leads to a command for no other event', async () => {
    const body = new URLSearchParams({ 'event': 'ONCRMDEALADD', 'auth[application_token]': applicationToken })
    expect((await fetch(`${server.url}/api/b24-events`, { method: 'POST', body })).status).toBe(200)
    expect(sentEvents()).toEqual([])
  })
})

describe('an event that is not the portal\'s', () => {
  it('is refused, and reaches no frame', async () => {
    await begin('somebody else\'s')
    const { deliveries } = await open.portal.fireEvent(EVENT, { FIELDS: { ID: '42' } })
    expect(deliveries.map(({ status }) => status)).toEqual([403])
    expect(sentEvents()).toEqual([])
  })

  it('is refused, too, while the back end has been told no token', async () => {
    await begin(applicationToken)
    const untold = await startBuiltApp()
    const body = new URLSearchParams({ 'event': EVENT, 'auth[application_token]': '' })
    const { status } = await fetch(`${untold.url}/api/b24-events`, { method: 'POST', body })
    await untold.stop()
    expect(status).toBe(403)
  })
})
