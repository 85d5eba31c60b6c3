import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortalState } from '../../src/portal/types'
import { startDevApp } from '../support/app'
import type { DevApp } from '../support/app'
import { launchWholeBrowser, watchProblems } from '../support/browser'

let browser: Browser
let app: DevApp
/** The portal's, open all the time: each opening has the dev server hand over the app module by module. */
let page: Page
let frame: FrameLocator

beforeAll(async () => {
  [browser, app] = await Promise.all([launchWholeBrowser(), startDevApp()])
  page = await browser.newPage()
  await page.goto(app.portalUrl)
  frame = page.frameLocator('[data-testid="app-frame"]')
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** The name of the app's frame in the portal's page: another one for every opening. */
const openedAs = (page: Page) => page.getByTestId('app-frame').getAttribute('name')

/** What the portal's page is told. */
async function stateOf({ portalUrl }: DevApp): Promise<PortalState> {
  return await (await fetch(`${portalUrl}/_portal/state`)).json() as PortalState
}

describe('`nuxt dev` with the option `portal`', () => {
  it('prints where the dev portal is', () => {
    expect(app.output()).toContain(`The dev portal is at ${app.portalUrl}`)
  })

  it('has the app connected in the portal, also where the browser denies storage to the frame', async () => {
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    await frame.getByTestId('ping-send').click()
    await frame.getByTestId('ping-count').filter({ hasText: '1' }).waitFor()
    expect(await frame.getByTestId('ping-count').textContent()).toBe('1')
  })

  it('plays a CRM change from the REST of the option to the back end and into the page', async () => {
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    await frame.getByRole('link', { name: 'Deals' }).click()
    await frame.getByTestId('handler-bind').click()
    await frame.getByTestId('handler-state').filter({ hasText: /^\s*bound\s*$/ }).waitFor()
    await frame.getByTestId('deal-raise-42').click()
    await frame.getByTestId('deal-42').filter({ hasText: '4,300 EUR' }).waitFor()
    expect(await frame.getByTestId('deal-42').textContent()).toBe('4,300 EUR')
  })

  it('tells an app opened by its own address where the portal is, without an error', async () => {
    const page = await browser.newPage()
    const problems = watchProblems(page)
    const told = page.waitForEvent('console', message => message.text().includes(app.portalUrl))
    await page.goto(app.url)
    expect((await told).text()).toContain('not open in a Bitrix24 frame')
    await page.getByTestId('pull-status').filter({ hasText: 'failed' }).waitFor()
    expect(problems.uncaught).toEqual([])
    await page.close()
  })

  it('has the same portal again after a restart by an edit of nuxt.config, and the app connected in the page that stayed open', async () => {
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    const sid = await openedAs(page)

    const config = join(app.project, 'nuxt.config.ts')
    writeFileSync(config, readFileSync(config, 'utf8').replace('portal: {', 'portal: { lang: \'de\','))
    await expect.poll(() => app.output().split(`The dev portal is at ${app.portalUrl}`).length - 1).toBe(2)

    await expect.poll(() => openedAs(page)).not.toBe(sid)
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    // Vite's client reloads the frame too, once its server is back: what was sent before may never be shown.
    await expect.poll(async () => {
      await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
      await frame.getByTestId('ping-send').click()
      return frame.getByTestId('ping-count').textContent()
    }).not.toBe('0')
    expect((await stateOf(app)).frames).toMatchObject([{ name: await openedAs(page), action: expect.stringContaining('LANG=de') }])
  })
})
