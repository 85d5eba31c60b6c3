import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDevApp } from '../support/app'
import type { DevApp } from '../support/app'
import { launchBrowser, watchProblems } from '../support/browser'

let browser: Browser
let app: DevApp

beforeAll(async () => {
  [browser, app] = await Promise.all([launchBrowser(), startDevApp()])
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe('`nuxt dev` with the option `portal`', () => {
  it('prints where the dev portal is', () => {
    expect(app.output()).toContain(`The dev portal is at ${app.portalUrl}`)
  })

  it('has the app connected in the portal, also where the browser denies storage to the frame', async () => {
    const page = await browser.newPage()
    await page.goto(app.portalUrl)
    const frame = page.frameLocator('[data-testid="app-frame"]')
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    await frame.getByTestId('ping-send').click()
    await frame.getByTestId('ping-count').filter({ hasText: '1' }).waitFor()
    expect(await frame.getByTestId('ping-count').textContent()).toBe('1')
    await page.close()
  })

  it('plays a CRM change from the REST of the option to the back end and into the page', async () => {
    const page = await browser.newPage()
    await page.goto(app.portalUrl)
    const frame = page.frameLocator('[data-testid="app-frame"]')
    await frame.getByTestId('pull-status').filter({ hasText: 'connected' }).waitFor()
    await frame.getByRole('link', { name: 'Deals' }).click()
    await frame.getByTestId('handler-bind').click()
    await frame.getByTestId('handler-state').filter({ hasText: /^\s*bound\s*$/ }).waitFor()
    await frame.getByTestId('deal-raise-42').click()
    await frame.getByTestId('deal-42').filter({ hasText: '4,300 EUR' }).waitFor()
    expect(await frame.getByTestId('deal-42').textContent()).toBe('4,300 EUR')
    await page.close()
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

  it('closes the portal when it ends', async () => {
    await app.stop()
    await expect(fetch(app.portalUrl)).rejects.toThrow()
  })
})
