import { text } from 'node:stream/consumers'
import type { Frame } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectedFrame, openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'

// The log of the portal's page: what belongs together, whose it is, and what can be done with it.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection
let app: Frame

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url })
  app = await connectedFrame(open.page, open.portal.frames[0]!.id)
  await open.page.getByRole('tab', { name: 'Log' }).click()
})

afterAll(() => open.close())

beforeEach(async () => {
  open.portal.clearLog()
  await open.page.getByText('Nothing to show yet.').waitFor()
})

const rows = () => open.page.getByRole('list', { name: 'Log, newest first' }).getByRole('button')
const titles = () => rows().locator('.log-title').allTextContents()
const button = (name: string) => open.page.getByRole('button', { name, exact: true })
const send = (command: string) => app.evaluate(name => window.testPage.connection.call('pull.application.event.add', { COMMAND: name }), command)

async function choose(label: string, option: string): Promise<void> {
  await open.page.getByRole('combobox', { name: label }).click()
  await open.page.getByRole('option', { name: option }).click()
}

describe('a REST call', () => {
  it('stands above what it caused, and both say whose they are', async () => {
    await send('caused')
    open.portal.emit({ module: 'application', command: 'later' })
    await expect.poll(titles).toEqual(['application:later', 'pull.application.event.add', 'application:caused'])
    expect(await rows().nth(1).textContent()).toContain('Ada #1')
    expect(await rows().nth(2).textContent()).toContain('caused by the one above')
  })

  it('is found by person and by frame', async () => {
    await send('by.ada')
    open.portal.emit({ module: 'application', command: 'for.emil', userId: 2 })
    await expect.poll(titles).toHaveLength(3)
    await choose('Whose entries', 'Emil Employee')
    await expect.poll(titles).toEqual(['application:for.emil'])
    await choose('Whose entries', 'Everybody')
    await choose('Of which frame', '#1 App')
    await expect.poll(titles).toEqual(['pull.application.event.add'])
    await choose('Of which frame', 'Every frame')
  })
})

describe('a row', () => {
  it('is sent again, and copied as a test', async () => {
    await open.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    open.portal.emit({ module: 'application', command: 'deal.saved', params: { id: 42 } })
    await rows().first().click()
    await button('Send again').click()
    await expect.poll(() => open.portal.log.filter(({ title }) => title === 'application:deal.saved')).toHaveLength(2)
    expect(open.portal.log.at(-1)?.details).toMatchObject({ params: { id: 42 } })
    await button('Copy as a test').click()
    await open.page.getByText('The test is copied').first().waitFor()
    expect(await open.page.evaluate(() => navigator.clipboard.readText())).toContain('testing.emit(\'application\', \'deal.saved\', {')
    await button('Close the entry').click()
  })

  it('says why it cannot be sent again', async () => {
    open.portal.setOnline(3, true)
    open.portal.setOnline(3, false)
    await app.evaluate(() => window.testPage.connection.call('my.method', { password: 'secret' }).catch(() => {}))
    await rows().filter({ hasText: /^(?!.*has no method).*my\.method/ }).first().click()
    expect(await button('Send again').getAttribute('title')).toContain('masked')
    await button('Close the entry').click()
  })

  it('of a method that is missing has the lines to add', async () => {
    await app.evaluate(() => window.testPage.connection.call('crm.deal.list', {}).catch(() => {}))
    await rows().filter({ hasText: 'The dev portal has no method crm.deal.list' }).click()
    expect(await open.page.getByLabel('Lines to add').textContent()).toBe('export default {\n  \'crm.deal.list\': (params, { user }) => [],\n}')
    await button('Close the entry').click()
  })
})

describe('the whole of it', () => {
  it('stands still while it is paused, and says how much came meanwhile', async () => {
    open.portal.emit({ module: 'application', command: 'before' })
    await expect.poll(titles).toEqual(['application:before'])
    await button('Pause').click()
    open.portal.emit({ module: 'application', command: 'meanwhile' })
    await button('Go on (1 new)').waitFor()
    expect(await titles()).toEqual(['application:before'])
    await button('Go on (1 new)').click()
    await expect.poll(titles).toEqual(['application:meanwhile', 'application:before'])
  })

  it('is saved as a file', async () => {
    open.portal.emit({ module: 'application', command: 'ping' })
    await expect.poll(titles).toEqual(['application:ping'])
    const [download] = await Promise.all([open.page.waitForEvent('download'), button('Export').click()])
    expect(download.suggestedFilename()).toBe('dev-portal-log.json')
    expect(JSON.parse(await text(await download.createReadStream()))).toMatchObject([{ title: 'application:ping' }])
  })

  it('has the frames as they go over the wire, while they are asked for', async () => {
    await open.page.getByRole('switch', { name: 'Raw frames' }).click()
    await expect.poll(() => open.page.getByRole('switch', { name: 'Raw frames' }).getAttribute('aria-checked')).toBe('true')
    open.portal.emit({ module: 'application', command: 'on.the.wire' })
    const isFrame = ({ source, details }: typeof open.portal.log[number]) => source === 'frame' && JSON.stringify(details).includes('on.the.wire')
    await expect.poll(() => open.portal.log.some(isFrame)).toBe(true)
    await open.page.getByRole('switch', { name: 'Raw frames' }).click()
    await expect.poll(() => open.page.getByRole('switch', { name: 'Raw frames' }).getAttribute('aria-checked')).toBe('false')
  })

  it('draws what is in view of 2,000 rows, reaches the last, and says what was dropped', async () => {
    for (let n = 1; n <= 2_100; n++) open.portal.emit({ module: 'application', command: `n${n}` })
    await open.page.getByText('2000 of 2000, 100 older ones dropped').waitFor()
    expect(await rows().count()).toBeLessThan(100)
    await expect.poll(async () => (await titles())[0]).toBe('application:n2100')
    await rows().first().evaluate(row => row.closest('ol')!.parentElement!.scrollTo({ top: 1e6 }))
    await rows().filter({ hasText: 'application:n101' }).waitFor()
  })
})
