import type { FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { PortalFrame, PortalOptions } from '../../src/portal'
import { serveOfficialLike } from '../support/official-like'
import type { OfficialLikeServer } from '../support/official-like'
import { PATIENCE } from '../support/patience'
import { openPortalIn } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import { startRealChromium } from '../support/real-chromium'
import type { RealChromium } from '../support/real-chromium'

// Small apps, written for this, that do what the official examples do: opened in the dev portal, and used. In a Chromium as people have it:
// where a browser denies storage to frames, the SDK's own pull client cannot be made, in life neither.

let chromium: RealChromium
let server: OfficialLikeServer

beforeAll(async () => {
  [chromium, server] = await Promise.all([startRealChromium({ args: ['--window-size=1280,900'], isInFront: true }), serveOfficialLike()])
})

afterAll(async () => {
  await chromium?.close()
  await server?.stop()
})

async function open(path: string, options: Omit<PortalOptions, 'app'> = {}): Promise<OpenPortal> {
  const opened = await openPortalIn(chromium.context, { app: `${server.url}${path}`, method: 'get', ...options })
  onTestFinished(() => opened.close())
  return opened
}

const frameOf = ({ page }: OpenPortal, id: string) => page.frameLocator(`[data-frame-id="${id}"]`)
const text = (frame: FrameLocator, id: string) => frame.getByTestId(id).textContent()
const read = async (frame: FrameLocator, id: string) => JSON.parse(await text(frame, id) ?? '') as unknown
/** By the keyboard: where a frame of another process has just been shown again, Chromium still takes the mouse to what was there before. */
const press = (frame: FrameLocator, name: string) => frame.getByRole('button', { name, exact: true }).press('Enter')
async function placed({ portal }: OpenPortal, code: string): Promise<PortalFrame> {
  const find = () => portal.frames.find(({ placement }) => placement === code)
  await portal.waitFor(() => find() !== undefined, { timeout: PATIENCE })
  return find()!
}
/** What REST has refused. */
const refused = ({ portal }: OpenPortal) => portal.requests.filter(({ error }) => error !== null).map(({ method, error }) => [method, error])

describe('an app of files that starts by the SDK\'s helper', () => {
  it('loads all that the helper can load in one halting batch, hears its pull client, and uses dialogs, calls and paths', async () => {
    const opened = await open('/index.html')
    const { portal, app, page } = opened
    await app.getByRole('button', { name: 'Call' }).waitFor()
    expect(await read(app, 'profile')).toEqual({ id: 1, name: 'Ada', isAdmin: true })
    expect(await read(app, 'app')).toEqual({ version: 1, status: 'L', license: 'en' })
    expect(await read(app, 'currency')).toEqual(['EUR', ['EUR', 'USD'], '&euro;1,234.50'])
    expect(await text(app, 'selfHosted')).toBe('false')
    expect(refused(opened)).toEqual([])
    await expect.poll(() => portal.frames[0]?.title).toBe('Official-like app')

    await portal.waitFor('connection', 1, { timeout: PATIENCE })
    portal.emit({ module: 'main', command: 'reload.options' })
    await app.getByTestId('heard').filter({ hasText: 'reload.options' }).waitFor()

    const dialog = page.getByRole('dialog')
    const focused = () => page.evaluate(() => document.activeElement!.closest('[role="dialog"]') ? 'dialog' : document.activeElement!.tagName)
    await press(app, 'Choose people')
    await expect.poll(focused).toBe('dialog')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('IFRAME')
    await press(app, 'Choose people')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    await press(app, 'Choose people')
    await dialog.getByText('Emil Employee').click()
    await dialog.getByText('Eva Employee').click()
    await dialog.getByRole('button', { name: /choose|select/i }).click()
    await app.getByTestId('chosen').waitFor()
    expect(await read(app, 'chosen')).toEqual(['2', '3'])

    await press(app, 'Call')
    await portal.waitFor('log', 'imCallTo', { timeout: PATIENCE })
    await press(app, 'Requisites')
    await app.getByTestId('path').waitFor()
    expect(await read(app, 'path')).toEqual({ isOpenAtNewWindow: false, isClose: true })
    expect(opened.problems.uncaught).toEqual([])
  })

  it('is installed by its install page, which binds places, fields and events; from then on each opens its own handler', async () => {
    const opened = await open('/index.html', { install: true, installUrl: '/install.html' })
    const { portal, page, app } = opened
    await portal.waitFor(() => portal.isInstalled, { timeout: PATIENCE })
    expect(refused(opened)).toEqual([['userfieldtype.delete', 'ERROR_NOT_FOUND']])
    await app.getByTestId('profile').waitFor()
    expect(await text(app, 'place')).toBe('index')
    await expect.poll(() => server.events.map(form => [form.get('event'), form.get('auth[application_token]')])).toEqual([['ONAPPINSTALL', portal.applicationToken]])

    // The tab of a deal, opened as a person does.
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Demo tab' }).click()
    const { id: tabId } = await placed(opened, 'CRM_DEAL_DETAIL_TAB')
    const tab = frameOf(opened, tabId)
    await tab.getByTestId('fitted').waitFor()
    expect(await read(tab, 'placement')).toEqual(['CRM_DEAL_DETAIL_TAB', '42'])
    expect(await read(tab, 'interface')).toEqual({ command: ['reloadData'], event: [] })
    expect(await text(tab, 'days')).toBe('none')
    await press(tab, 'Reload the deal')
    await tab.getByTestId('reloaded').filter({ hasText: 'yes' }).waitFor()

    // Its slider saves an option, tells the tab, and closes itself.
    await portal.waitFor(() => portal.connections.some(({ frameIds }) => frameIds.includes(tabId)), { timeout: PATIENCE })
    await press(tab, 'Options')
    const slider = opened.slider
    await slider.getByRole('button', { name: 'Save' }).waitFor()
    expect(portal.frames.find(({ isSlider }) => isSlider)).toMatchObject({ title: 'Options of the app', width: 650, placementOptions: { place: 'options' } })
    // It lies over the tab that has opened it, and over no other.
    await page.getByRole('tab', { name: 'Official-like app' }).click()
    await slider.getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: 'Demo tab' }).click()
    await press(slider, 'Save')
    await tab.getByTestId('days').filter({ hasText: '60' }).waitFor()
    await portal.waitFor(() => !portal.frames.some(({ isSlider }) => isSlider), { timeout: PATIENCE })

    // The field has the height that its type asks for, and sets its value.
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Demo field' }).click()
    const { id: fieldId, height } = await placed(opened, 'USERFIELD_TYPE')
    expect(height).toBe(254)
    const field = frameOf(opened, fieldId)
    await field.getByTestId('profile').waitFor()
    expect(await read(field, 'field')).toEqual(['USERFIELD_TYPE', 'edit', 'UF_CRM_DEMO'])
    await press(field, 'Choose')
    await field.getByTestId('set').filter({ hasText: 'CRM Payment' }).waitFor()
    expect(portal.frames.find(({ id }) => id === fieldId)?.value).toBe('{"payment":"CRM Payment"}')
    expect(opened.problems.uncaught).toEqual([])
  })
})

describe('a page without a bundler, with the SDK as one script', () => {
  const deal = { rest: { 'crm.deal.add': () => 17 } }

  it('is opened by a POST form, calls REST and opens a path of the portal', async () => {
    const opened = await open('/umd/', { method: 'post', ...deal })
    await opened.app.getByTestId('result').filter({ hasText: 'id' }).waitFor()
    expect(await read(opened.app, 'result')).toEqual({ id: 17, isTime: true, isClose: true })
    expect(refused(opened)).toEqual([])
  })

  it('finishes its installation, and is opened anew', async () => {
    const { portal, app } = await open('/umd/', { method: 'post', install: true, ...deal })
    await app.getByTestId('result').filter({ hasText: '17' }).waitFor()
    expect(portal.isInstalled).toBe(true)
  })

  it('is told where REST lacks a method, and shows its error', async () => {
    const { app } = await open('/umd/', { method: 'post' })
    await app.getByTestId('error').filter({ hasText: 'Method not found' }).waitFor()
  })
})
