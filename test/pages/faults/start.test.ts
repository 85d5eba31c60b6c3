import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'
import { PATIENCE } from '../../support/patience'

// Faults that stand in the way of a page's first connection.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url })
})

afterAll(() => open?.close())

beforeEach(() => open.reopen())

afterEach(() => {
  open.portal.faults.clear()
  expect(open.problems.uncaught).toEqual([])
})

const start = () => open.inFrame(({ connection }) => connection.start())
const reasonCode = () => open.inFrame(({ connection }) => connection.state.reason?.code)
const status = (expected: string) => open.frame.waitForFunction(word => window.testPage.connection.state.status === word, expected)
const words = () => open.inFrame(({ recorded }) => recorded.changes.filter(({ previous, current }) => previous !== current).map(({ current }) => current))
const answers = (method: string, since: number) => open.portal.requests.slice(since).filter(request => request.method === method).map(({ status }) => status)

/** Waits until so many attempts have been lost. */
async function lost(attempt: number): Promise<void> {
  await open.frame.waitForFunction(n => window.testPage.connection.state.attempt === n, attempt)
}

describe.each([
  ['refuse-scope', 'INSUFFICIENT_SCOPE'],
  ['not-configured', 'PULL_NOT_CONFIGURED'],
] as const)('%s', (fault, code) => {
  it(`makes the page fail for good, with the reason ${code}, until somebody starts it again`, async () => {
    open.portal.faults.on(fault)
    await start()
    await status('failed')
    expect(await reasonCode()).toBe(code)
    expect(await words()).toEqual(['connecting', 'failed'])
    expect(open.portal.connections).toEqual([])
    open.portal.faults.off(fault)
    await start()
    await status('connected')
    expect(await reasonCode()).toBeUndefined()
  })
})

describe('fail-method', () => {
  it('of the config makes the page try again by its ladder, and connect when the method works', async () => {
    const since = open.portal.requests.length
    open.portal.faults.on('fail-method', { method: 'pull.application.config.get', times: 2, status: 500, error: 'INTERNAL_SERVER_ERROR' })
    await start()
    await lost(2)
    expect(await reasonCode()).toBe('REST_FAILED')
    await open.inFrame(({ connection }) => connection.reconnect())
    await status('connected')
    expect(answers('pull.application.config.get', since)).toEqual([500, 500, 200])
  })

  it('of every method is mended by the SDK where it ends in time', async () => {
    const since = open.portal.requests.length
    open.portal.faults.on('fail-method', { method: '*', times: 2, status: 502, error: 'BAD_GATEWAY' })
    await start()
    await status('connected')
    expect(answers('batch', since)).toEqual([502, 502, 200])
    expect(await words()).toEqual(['connecting', 'connected'])
  })
})

describe('rest-delay', () => {
  it('keeps the page connecting for as long as the answer takes', async () => {
    open.portal.faults.on('rest-delay', { ms: 700 })
    const startedAt = Date.now()
    await start()
    expect(await words()).toEqual(['connecting'])
    await status('connected')
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(695)
  })
})

describe('expire-tokens', () => {
  it('makes the page ask for new ones, once, and nobody notices', async () => {
    await start()
    await status('connected')
    const since = open.portal.requests.length
    const asked = open.portal.log.filter(({ title }) => title === 'refreshAuth').length
    open.portal.faults.on('expire-tokens')
    expect(await open.inFrame(({ connection }) => connection.call('app.option.get', {}))).toEqual([])
    expect(answers('app.option.get', since)).toEqual([401, 200])
    expect(open.portal.log.filter(({ title }) => title === 'refreshAuth').length - asked).toBe(1)
  })
})

describe('refuse-refresh', () => {
  it('leaves the page with AUTH_EXPIRED after 10 s, and it goes on when refreshAuth is answered again', async () => {
    // The last test of the file: the page's clock stays in the test's hands.
    await open.page.clock.install()
    await open.reopen()
    await start()
    await status('connected')
    const code = () => open.inFrame(({ connection }) => connection.call('app.option.get', {}).then(() => 'ok', (error: { code: string }) => error.code))

    open.portal.faults.on('refuse-refresh')
    open.portal.faults.on('expire-tokens')
    const refused = open.portal.waitFor('log', ({ title, details }) => title === 'refreshAuth' && JSON.stringify(details).includes('"answered":false'), { timeout: PATIENCE })
    const outcome = code()
    await refused
    await open.page.clock.fastForward(10_500)
    expect(await outcome).toBe('AUTH_EXPIRED')
    open.portal.faults.off('refuse-refresh')
    expect(await code()).toBe('ok')
  })
})
