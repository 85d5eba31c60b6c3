import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/runtime/app/inspect/create-inspector'
import { violations } from '../../support/axe'
import { pageForFile } from '../../support/page-for-file'
import { openSurface, serveSurfacePage } from '../../support/surface-page'
import type { OpenSurface } from '../../support/surface-page'

// The tab of the portal's page in which an app says who heard what.

const site = pageForFile(serveSurfacePage)
let open: OpenSurface

beforeAll(async () => {
  open = await openSurface(site.browser, { app: site.url })
  for (const reason of ['filter', 'case', 'schema', 'late']) await open.mount('Planted', { reason })
  await open.page.getByRole('complementary', { name: 'Tools' }).getByRole('tab', { name: 'App' }).click()
})

afterAll(() => open?.close())

const rows = () => open.page.getByRole('list', { name: 'What the app heard and sent, newest first' }).getByRole('button')
const row = (title: string) => rows().filter({ hasText: title }).first()
const chosen = () => open.page.getByRole('region', { name: 'Chosen message' })
const tell = (command: string, params = {}) => open.portal.emit({ module: 'application', command, params })

describe('the tab “App”', () => {
  it('says of each message what became of it, and in the details why', async () => {
    tell('planted.filter', { deal: { id: 7, access_token: '0123456789abcdef0123456789abcdef' } })
    await row('planted.filter').filter({ hasText: 'filtered 1' }).click()
    await expect.poll(() => chosen().getByRole('list', { name: 'What became of it' }).textContent()).toMatch(/<PlantedCard>.* left it aside: its `filter` answered false/)
    const params = await chosen().getByRole('textbox', { name: 'Params' }).inputValue()
    expect(JSON.parse(params)).toEqual({ deal: { id: 7, access_token: '***' } })
  })

  it('names who nearly heard what nobody did', async () => {
    tell('Planted.Case')
    await row('Planted.Case').filter({ hasText: 'nobody' }).click()
    await expect.poll(() => chosen().getByRole('list', { name: 'Who nearly heard it' }).textContent()).toMatch(/listens to 'planted\.case': commands are compared letter by letter/)
  })

  it('says that a handler has failed, however long that took', async () => {
    tell('planted.late')
    await row('planted.late').filter({ hasText: 'failed 1' }).waitFor()
  })

  it('leads to the row of the log, and back', async () => {
    await chosen().getByRole('button', { name: 'In the log' }).click()
    const entry = open.page.getByRole('region', { name: 'Chosen entry' })
    await entry.getByRole('heading', { name: 'application:Planted.Case' }).waitFor()
    await entry.getByRole('button', { name: 'Who heard it' }).click()
    await chosen().getByRole('heading', { name: 'application:Planted.Case' }).waitFor()
  })

  it('sends a message again, with other params', async () => {
    await chosen().getByRole('textbox', { name: 'Params' }).fill('{ "again": true }')
    await chosen().getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => open.portal.log.findLast(({ title }) => title === 'application:Planted.Case')?.details).toMatchObject({ params: { again: true } })
    await expect.poll(() => rows().filter({ hasText: 'Planted.Case' }).count()).toBe(2)
  })

  it('holds the next of a command until it is let go, edited', async () => {
    await chosen().getByRole('button', { name: 'Hold the next' }).click()
    const held = open.page.getByRole('region', { name: 'Held commands' })
    await held.getByText('The next one will wait here.').waitFor()
    tell('Planted.Case', { n: 1 })
    await held.getByRole('button', { name: 'Edit' }).click()
    expect(await rows().filter({ hasText: 'Planted.Case' }).count()).toBe(2)
    await held.getByRole('textbox', { name: 'Params' }).fill('{ "n": 2 }')
    await held.getByRole('button', { name: 'Let it go' }).click()
    await expect.poll(() => rows().filter({ hasText: 'Planted.Case' }).count()).toBe(3)
    expect(open.portal.log.findLast(({ title }) => title === 'application:Planted.Case')!.details).toMatchObject({ params: { n: 2 } })
    tell('Planted.Case', { n: 3 })
    await held.getByRole('button', { name: 'Hold no more' }).click()
    await expect.poll(() => rows().filter({ hasText: 'Planted.Case' }).count()).toBe(4)
  })

  it('shows who listens, in which component, and how often it heard', async () => {
    await open.page.getByRole('button', { name: 'Who listens' }).click()
    await expect.poll(() => open.page.getByRole('region', { name: 'Who listens' }).textContent()).toMatch(/application:planted\.case.*<PlantedCard>.*active.*heard 0/)
  })

  it('answers why a command is not heard', async () => {
    await open.page.getByRole('button', { name: 'Messages' }).click()
    await chosen().getByRole('button', { name: 'Close the message' }).click()
    const form = open.page.getByRole('form', { name: 'Ask why a command is not heard' })
    await form.getByRole('textbox', { name: 'Command' }).fill('planted.schema')
    tell('planted.schema')
    await row('planted.schema').filter({ hasText: 'refused 1' }).waitFor()
    await form.getByRole('button', { name: 'Why not heard?' }).click()
    await expect.poll(() => form.getByRole('status').textContent()).toMatch(/The schema of <PlantedCard>.* refused it: params\.deal\.id – must be text/)
  })

  it('draws the rows in view, however many there are', async () => {
    for (let i = 0; i < 600; i++) tell('planted.many', { i })
    await expect.poll(() => rows().first().textContent()).toMatch(/planted\.many/)
    // Of those that come at once the app tells what it remembers.
    await expect.poll(async () => Number(await open.page.locator('li[aria-setsize]').first().getAttribute('aria-setsize'))).toBeGreaterThan(LIMITS.messages)
    expect(await rows().count()).toBeLessThan(100)
  })

  it.each(['light', 'dark'] as const)('can be read by everybody, %s, by WCAG AA', async (colorScheme) => {
    await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await row('planted.many').click()
    await chosen().waitFor()
    await expect.poll(() => violations(open.page, colorScheme), { interval: 1_000 }).toEqual([])
    if (process.env.SHOTS) await open.page.screenshot({ path: `${process.env.SHOTS}/app-${colorScheme}.png` })
    await chosen().getByRole('button', { name: 'Close the message' }).click()
  })

  it('says that an app is no development build, where it says nothing', async () => {
    await open.page.goto(`${open.portal.url}?tab=app`)
    open.portal.openFrame({ title: 'Elsewhere', handler: `${site.url}/nothing-here`, isSlider: true })
    await open.page.getByText('The app in front does not say what it hears.').waitFor()
  })
})

it('throws nothing that nobody catches', () => {
  expect(open.problems.uncaught).toEqual([])
})
