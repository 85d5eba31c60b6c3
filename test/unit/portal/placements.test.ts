import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { bridge, rest, state } from './support/client'

const app = 'http://localhost:3000/app'

let portal: Portal
let admin: string

beforeEach(async () => {
  portal = await createPortal({ app, limits: false, placements: [{ placement: 'LEFT_MENU', handler: '/menu' }, { placement: 'CRM_LEAD_DETAIL_TAB', options: { ID: '7' } }] })
  admin = portal.authorize().access_token
})

afterEach(() => portal.close())

const pathOf = (placement: string) => new URL(portal.openFrame({ placement }).action).pathname
const call = (method: string, params: object = {}, token = admin) => rest(portal, token, method, params)

describe('placements', () => {
  it('open their own handler: of the options, of placement.bind, else the app', async () => {
    expect(pathOf('LEFT_MENU')).toBe('/menu')
    expect(pathOf('CRM_LEAD_DETAIL_TAB')).toBe('/app')
    expect((await call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'http://localhost:3000/tab', TITLE: 'Deals' })).result).toBe(true)
    expect(pathOf('CRM_DEAL_DETAIL_TAB')).toBe('/tab')
    expect((await state(portal)).placements).toContainEqual({ placement: 'CRM_DEAL_DETAIL_TAB', title: 'Deals', handler: 'http://localhost:3000/tab', options: { ID: '42' } })
  })

  it('are bound once, listed, and unbound with the platform\'s own way of counting', async () => {
    const tab = { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'http://localhost:3000/tab', TITLE: 'Deals' }
    await call('placement.bind', tab)
    expect(await call('placement.bind', tab)).toMatchObject({ status: 400, error: 'ERROR_CORE' })
    expect((await call('placement.get')).result).toMatchObject([{ placement: 'CRM_DEAL_DETAIL_TAB', handler: tab.HANDLER, options: [], title: 'Deals', langAll: { en: { TITLE: 'Deals' } } }])
    expect((await call('placement.list')).result).toContain('CRM_DEAL_DETAIL_TAB')
    expect((await call('placement.unbind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB' })).result).toEqual({ count: 2 })
    expect((await call('placement.unbind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB' })).result).toEqual({ count: 0 })
  })

  it.each([
    ['ERROR_ARGUMENT', {}],
    ['ERROR_ARGUMENT', { PLACEMENT: 'LEFT_MENU' }],
    ['ERROR_ARGUMENT', { PLACEMENT: ['LEFT_MENU'], HANDLER: 'http://localhost/' }],
    ['ERROR_PLACEMENT_NOT_FOUND', { PLACEMENT: 'no place', HANDLER: 'http://localhost/' }],
    ['ERROR_WRONG_HANDLER_URL', { PLACEMENT: 'LEFT_MENU', HANDLER: 'javascript:1' }],
    ['ERROR_UNSUPPORTED_PROTOCOL', { PLACEMENT: 'LEFT_MENU', HANDLER: 'ftp://example.com/' }],
    ['ERROR_PLACEMENT_USER_MODE', { PLACEMENT: 'LEFT_MENU', HANDLER: 'http://localhost/', USER_ID: 2 }],
    ['EMPTY_ERROR_HANDLER_URL', { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: 'http://localhost/' }],
  ])('refuse with %s to bind %j', async (error, params) => {
    expect(await call('placement.bind', params)).toMatchObject({ status: 400, error })
  })

  it('are bound by administrators and applications', async () => {
    const params = { PLACEMENT: 'LEFT_MENU', HANDLER: 'http://localhost/' }
    expect(await call('placement.bind', params, portal.authorize(2).access_token)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect(await call('placement.get', {}, portal.authorize(2).access_token)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect((await fetch(`${portal.webhook}placement.list.json`)).status).toBe(403)
  })

  it('are opened from code as from the page: with the title and the options that they are offered with, and a field in its height', async () => {
    await call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'http://localhost:3000/tab', TITLE: 'Deals' })
    await call('userfieldtype.add', { USER_TYPE_ID: 'demo', HANDLER: 'http://localhost:3000/field', TITLE: 'Demo', OPTIONS: { height: 254 } })
    expect(portal.openFrame({ placement: 'CRM_DEAL_DETAIL_TAB' })).toMatchObject({ title: 'Deals', placementOptions: { ID: '42' }, height: null })
    const field = portal.openFrame({ placement: 'USERFIELD_TYPE' })
    expect(field).toMatchObject({ title: 'Demo', placementOptions: { FIELD_NAME: 'UF_CRM_DEMO' }, height: 254 })
    expect(portal.reloadFrame(field.id).height).toBe(254)
    expect(portal.openFrame({ placement: 'CRM_LEAD_DETAIL_TAB', title: 'Mine', placementOptions: {} })).toMatchObject({ title: 'Mine', placementOptions: {} })
  })

  it('of user fields come with their type, and open its handler', async () => {
    const type = { USER_TYPE_ID: 'demo', HANDLER: 'http://localhost:3000/field', TITLE: 'Demo' }
    expect((await call('userfieldtype.delete', { USER_TYPE_ID: 'demo' })).status).toBe(400)
    expect((await call('userfieldtype.add', type)).result).toBe(true)
    expect((await call('userfieldtype.update', { USER_TYPE_ID: 'demo', TITLE: 'Colour' })).result).toBe(true)
    expect(await call('userfieldtype.list')).toMatchObject({ result: [{ ...type, TITLE: 'Colour', DESCRIPTION: '', OPTIONS: [] }], total: 1 })
    expect(await call('userfieldtype.add', { ...type, USER_TYPE_ID: 'other' })).toMatchObject({ status: 400, error: 'ERROR_CORE' })
    expect(portal.openFrame({ placement: 'USERFIELD_TYPE' }).height).toBe(200)
    expect(pathOf('USERFIELD_TYPE')).toBe('/field')
    expect((await call('userfieldtype.delete', { USER_TYPE_ID: 'demo' })).result).toBe(true)
  })
})

describe('the background worker', () => {
  beforeEach(() => call('placement.bind', { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: 'http://localhost:3000/worker', OPTIONS: { errorHandlerUrl: 'http://localhost:3000/error' } }))

  it('is a hidden frame on the page, one only, and one more in each slider', async () => {
    const workers = () => portal.frames.filter(({ isHidden }) => isHidden)
    expect(workers()).toMatchObject([{ placement: 'PAGE_BACKGROUND_WORKER', openedBy: null }])
    expect(await call('placement.bind', { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: 'http://localhost:3000/two', OPTIONS: { errorHandlerUrl: 'x' } })).toMatchObject({ error: 'ERROR_PLACEMENT_MAX_COUNT' })
    await bridge(portal, portal.frames[0]!.id, 'openApplication', {})
    expect(workers()).toHaveLength(2)
    portal.closeFrame(portal.frames.find(({ isSlider }) => isSlider)!.id)
    expect(workers()).toHaveLength(1)
    portal.switchUser(2)
    expect(workers()).toMatchObject([{ userId: 2 }])
  })
})

describe('the background worker of one person', () => {
  it('runs for that person only', async () => {
    await call('placement.bind', { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: 'http://localhost:3000/worker', OPTIONS: { errorHandlerUrl: 'http://localhost:3000/error' }, USER_ID: 2 })
    expect((await call('placement.get')).result).toMatchObject([{ userId: 2 }])
    expect(portal.frames.some(({ isHidden }) => isHidden)).toBe(false)
    const { id } = portal.openFrame({ userId: 2 })
    await bridge(portal, id, 'openApplication', {})
    expect(portal.frames.filter(({ isHidden }) => isHidden)).toMatchObject([{ userId: 2 }])
  })
})

describe('the SDK\'s helper', () => {
  it('gets all of its loads in one halting batch', async () => {
    const { result } = await call('batch', { halt: 1, cmd: { app: 'app.info', profile: 'profile', base: 'crm.currency.base.get', list: 'crm.currency.list', one: 'crm.currency.get?id=EUR', appOptions: 'app.option.get', userOptions: 'user.option.get' } })
    expect(result).toMatchObject({ result: { base: 'EUR', list: [{ CURRENCY: 'EUR', BASE: 'Y' }, { CURRENCY: 'USD' }], one: { LANG: { en: { FULL_NAME: 'Euro' } } } }, result_error: [] })
  })
})
