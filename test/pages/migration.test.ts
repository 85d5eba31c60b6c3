import type { Browser, FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import type { PageServer } from '../support/built-page'
import { servePage } from '../support/built-page'
import { PATIENCE } from '../support/patience'
import { openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'

// The app of examples/migration, as it was with the SDK's helper and as it is with this package: both do the same.

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

describe.each([
  // On the portal's own site: elsewhere the browser of these tests gives a frame no storage, without which the SDK's client is not made.
  ['before', '127.0.0.1'],
  ['after', 'localhost'],
] as const)('the app %s the migration', (which, host) => {
  let served: PageServer
  let open: OpenPortal

  beforeAll(async () => {
    served = await servePage(`examples/migration/${which}`)
    open = await openPortal(browser, { app: served.url.replace('localhost', host), method: 'get' })
  })

  afterAll(async () => {
    await open?.close()
    await served?.stop()
  })

  it('shows an option, saves another, and tells the app\'s other frames, each in one call', async () => {
    const { portal, page } = open
    await open.app.getByText('You are Ada.').waitFor()
    await portal.waitFor('connection', 1, { timeout: PATIENCE })
    const other = await page.context().newPage()
    await other.goto(`${portal.url}/?user=2`)
    const emil: FrameLocator = other.frameLocator('[data-testid="app-frame"]')
    await emil.getByText('You are Emil.').waitFor()
    await portal.waitFor('connection', 2, { timeout: PATIENCE })
    await emil.getByRole('heading', { name: 'Colour of the team: blue' }).waitFor()

    await open.app.getByRole('button', { name: 'Green' }).click()
    await emil.getByRole('heading', { name: 'Colour of the team: green' }).waitFor()
    await emil.getByText('Changed by Ada.').waitFor()
    await open.app.getByRole('heading', { name: 'Colour of the team: green' }).waitFor()
    expect(portal.requests.filter(({ method }) => method === 'pull.application.event.add')).toMatchObject([
      { inBatch: true, params: { COMMAND: 'reload.options', MODULE_ID: 'application', PARAMS: { from: 'Ada' } } },
    ])
  })

  it('has one connection for each open page', () => {
    expect(open.portal.connections.map(({ userId }) => userId).toSorted()).toEqual([1, 2])
  })
})
