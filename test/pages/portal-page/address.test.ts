import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandsIn, connectedFrame, openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'

// What the portal's address holds: a place that a reload keeps, and a person of one's own.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url })
})

afterAll(() => open.close())

const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

describe('the address', () => {
  it('keeps tab, search, filters and draft through a reload', async () => {
    const { page } = open
    await page.getByTestId('emit-command').fill('deal.saved')
    await page.getByTestId('emit-params').fill('{ "id": 42 }')
    await page.getByRole('tab', { name: 'Log' }).click()
    await page.getByLabel('Search the log').fill('getInit')
    await page.getByRole('button', { name: 'bridge', exact: true }).click()
    await expect.poll(() => query(page)).toEqual({ tab: 'log', q: 'getInit', sources: 'bridge', command: 'deal.saved', params: '{ "id": 42 }' })

    await page.reload()
    await page.getByRole('tab', { name: 'Log', selected: true }).waitFor()
    expect(await page.getByLabel('Search the log').inputValue()).toBe('getInit')
    expect(await page.getByRole('button', { name: 'bridge', exact: true }).getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('tab', { name: 'Send' }).click()
    expect(await page.getByTestId('emit-command').inputValue()).toBe('deal.saved')
    expect(await page.getByTestId('emit-params').inputValue()).toBe('{ "id": 42 }')
  })
})

describe('two browsers', () => {
  it('are two people, of whom neither disturbs the other', async () => {
    const context = await site.browser.newContext()
    const other = await context.newPage()
    await other.goto(`${open.portal.url}/?user=2`)
    await other.getByRole('region', { name: 'Portal of Emil' }).locator('iframe').waitFor()
    const frameOf = (userId: number) => open.portal.frames.find(frame => frame.userId === userId)!.id
    const [ada, emil] = await Promise.all([connectedFrame(open.page, frameOf(1)), connectedFrame(other, frameOf(2))])
    expect(await open.page.locator('iframe').count()).toBe(1)
    expect(await other.locator('iframe').count()).toBe(1)

    open.portal.emit({ module: 'application', command: 'for.emil', userId: 2 })
    open.portal.emit({ module: 'application', command: 'for.all' })
    await expect.poll(() => commandsIn(emil)).toEqual(['for.emil', 'for.all'])
    await expect.poll(() => commandsIn(ada)).toEqual(['for.all'])

    await other.getByRole('button', { name: /^Eva Employee/ }).click()
    await other.getByRole('region', { name: 'Portal of Eva' }).locator('iframe').waitFor()
    await expect.poll(() => query(other).user).toBe('3')
    await expect.poll(() => open.portal.frames.map(({ userId }) => userId)).toEqual([1, 3])
    expect(await commandsIn(ada)).toEqual(['for.all'])

    await other.reload()
    await other.getByRole('region', { name: 'Portal of Eva' }).locator('iframe').waitFor()
    expect(open.portal.frames).toHaveLength(2)
    await context.close()
  })
})
