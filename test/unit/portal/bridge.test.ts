import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCommand } from '../../../src/portal/bridge/command'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { bridge, control, rest } from './support/client'
import { openStream } from './support/stream'

let portal: Portal
let first: string

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000/app?x=1', lang: 'de' })
  first = portal.frames[0]?.id ?? ''
})

afterEach(() => portal.close())

describe('commands of the frame', () => {
  it.each([
    ['getInitData:key:sid', { name: 'getInitData', params: null, key: 'key', appSid: 'sid' }],
    ['setTitle:{"title":"a:b"}:key:sid', { name: 'setTitle', params: { title: 'a:b' }, key: 'key', appSid: 'sid' }],
    ['setValue:raw:text:key:sid', { name: 'setValue', params: 'raw:text', key: 'key', appSid: 'sid' }],
    ['setValue: null :key:sid', { name: 'setValue', params: null, key: 'key', appSid: 'sid' }],
    ['setTitle:{"title":"x"}::sid', { name: 'setTitle', params: { title: 'x' }, key: '', appSid: 'sid' }],
    ['refreshAuth::key:sid', { name: 'refreshAuth', params: null, key: 'key', appSid: 'sid' }],
    [{ method: 'a:b', params: { x: 1 }, callback: 'key', appSid: 'sid' }, { name: 'a:b', params: { x: 1 }, key: 'key', appSid: 'sid' }],
    ['', null], ['a', null], ['a:b', null], [':a:b', null], [7, null], [null, null], [{ method: 1 }, null],
  ])('reads %j', (data, expected) => {
    expect(parseCommand(data)).toEqual(expected)
  })
})

describe('the bridge', () => {
  it('tells a frame who it is', async () => {
    const data = await bridge(portal, first, 'getInitData') as Record<string, unknown>
    expect(data).toMatchObject({ DOMAIN: new URL(portal.url).host, PROTOCOL: '0', PATH: '/rest', LANG: 'de', AUTH_EXPIRES: '3600', IS_ADMIN: true, PLACEMENT: 'DEFAULT', PLACEMENT_OPTIONS: {}, INSTALL: false, FIRST_RUN: true })
    expect(data.MEMBER_ID).toMatch(/^[0-9a-f]{32}$/)
    expect((await rest(portal, String(data.AUTH_ID), 'profile')).status).toBe(200)
  })

  it('hands out fresh tokens on refreshAuth', async () => {
    const { AUTH_ID } = await bridge(portal, first, 'getInitData') as { AUTH_ID: string }
    portal.faults.on('expire-tokens')
    expect(await rest(portal, AUTH_ID, 'profile')).toMatchObject({ status: 401, error: 'expired_token' })
    const fresh = await bridge(portal, first, 'refreshAuth', {}) as { AUTH_ID: string }
    expect((await rest(portal, fresh.AUTH_ID, 'profile')).status).toBe(200)
  })

  it('knows for each person whether the app runs for the first time, until it says setInstall', async () => {
    const employee = portal.openFrame({ userId: 2 }).id
    expect(await bridge(portal, first, 'setInstall', { install: true })).toEqual({ install: true })
    expect(await bridge(portal, first, 'getInitData')).toMatchObject({ FIRST_RUN: false })
    expect(await bridge(portal, employee, 'getInitData')).toMatchObject({ FIRST_RUN: true })
    await bridge(portal, first, 'setInstall', { install: false })
    expect(await bridge(portal, first, 'getInitData')).toMatchObject({ FIRST_RUN: true })
  })

  it('stores options where REST finds them, and answers with the app\'s as they are now, or with what was asked', async () => {
    await bridge(portal, first, 'setAppOption', { name: 'c', value: 3 })
    expect(await bridge(portal, first, 'setAppOption', { name: 'a', value: 1 })).toEqual({ c: 3, a: 1 })
    expect(await bridge(portal, first, 'setUserOption', { name: 'b', value: 2 })).toEqual({ name: 'b', value: 2 })
    const data = await bridge(portal, first, 'getInitData') as Record<string, unknown>
    expect([data.APP_OPTIONS, data.USER_OPTIONS]).toEqual([{ c: 3, a: 1 }, { b: 2 }])
  })

  it('keeps title, height and scroll of a frame', async () => {
    expect(await bridge(portal, first, 'setTitle', { title: 'Hello: you' })).toEqual({ title: 'Hello: you' })
    await bridge(portal, first, 'resizeWindow', { width: '100%', height: 640 })
    expect(await bridge(portal, first, 'setScroll', { scroll: 12 })).toEqual({ scroll: 12 })
    expect(portal.frames[0]).toMatchObject({ title: 'Hello: you', height: 640, scroll: { count: 1, top: 12 } })
  })

  it('opens a slider with options of the caller\'s making, and calls back when it closes', async () => {
    const stream = await openStream(portal)
    expect(await bridge(portal, first, 'openApplication', { page: 'settings', bx24_width: 600 })).toBeNull()
    const slider = portal.frames[1]
    expect(slider).toMatchObject({ isSlider: true, openedBy: first, width: 600, userId: 1, placementOptions: { page: 'settings' } })
    expect(await bridge(portal, slider?.id ?? '', 'closeApplication')).toBeNull()
    await stream.until(messages => messages.some(({ type }) => type === 'answer'))
    expect(portal.frames).toHaveLength(1)
    expect(stream.messages.find(({ type }) => type === 'answer')).toEqual({ type: 'answer', frameId: first, message: 'key-1:' })
    stream.close()
  })

  it('reloads a frame with new tokens, and answers nobody', async () => {
    const before = portal.frames[0]
    expect(await bridge(portal, first, 'reloadWindow')).toBeNull()
    expect(portal.frames[0]?.revision).toBe(1)
    expect(portal.frames[0]?.fields.AUTH_ID).not.toBe(before?.fields.AUTH_ID)
  })

  it('answers a dialog once a person has chosen, and never one that was cancelled', async () => {
    const stream = await openStream(portal)
    const open = async (command: string, params: object) => {
      expect(await bridge(portal, first, command, params)).toBeNull()
      return portal.dialogs[0]!
    }
    const users = await open('selectUser', { mult: true })
    expect(users).toMatchObject({ kind: 'user', isMultiple: true, choices: [{ id: '1' }, { id: '2' }, { id: '3' }] })
    portal.answerDialog(users.id, ['1', '3'])
    portal.answerDialog((await open('selectUser', { mult: false })).id, ['2'])
    portal.answerDialog((await open('selectAccess', { value: [] })).id, ['U1'])
    portal.answerDialog((await open('selectCRM', { entityType: ['deal'] })).id, ['D_1'])
    await stream.until(messages => messages.filter(({ type }) => type === 'answer').length === 4)
    const answers = stream.messages.flatMap(message => message.type === 'answer' ? [JSON.parse(message.message.slice('key-1:'.length)) as unknown] : [])
    expect(answers).toMatchObject([[{ id: '1' }, { id: '3' }], { id: '2' }, [{ id: 'U1' }], { deal: [{ id: 'D_1' }] }])
    const cancelled = await open('selectUser', {})
    expect(() => portal.answerDialog(cancelled.id, ['99'])).toThrow('one of 1, 2, 3')
    expect((await control(portal, 'dialogs/answer', { dialogId: cancelled.id, chosen: null })).status).toBe(200)
    expect(portal.dialogs).toEqual([])
    stream.close()
  })

  it('opens the paths that the platform opens, and never answers the im commands', async () => {
    expect(await bridge(portal, first, 'openPath', { path: '/crm/deal/details/1/' })).toEqual({ result: 'close' })
    expect(await bridge(portal, first, 'openPath', { path: '/bitrix/admin/' })).toEqual({ result: 'error', errorCode: 'PATH_NOT_AVAILABLE' })
    expect(await bridge(portal, first, 'imOpenMessenger', { dialogId: 1 })).toBeNull()
  })

  it.each([
    ['DEFAULT', [], 'reloadData'],
    ['CRM_DEAL_DETAIL_TAB', ['reloadData'], 'reloadData'],
    ['CRM_LEAD_LIST_MENU', ['reloadData'], 'reloadData'],
    ['CRM_LEAD_DETAIL_TOOLBAR', [], 'reloadData'],
    ['USERFIELD_TYPE', ['setValue', 'getValue'], 'setValue'],
    ['CALL_CARD', ['getStatus', 'disableAutoClose', 'enableAutoClose'], 'getStatus'],
  ])('lists for %s the commands %j, which work there and nowhere else', async (placement, commands, command) => {
    const { id } = portal.openFrame({ placement })
    expect(await bridge(portal, id, 'getInterface')).toMatchObject({ command: commands })
    const answer = await bridge(portal, id, command, 'x')
    if (commands.length > 0) expect(answer).not.toBeNull()
    else expect(answer).toBeNull()
  })

  it('denies without an answer what a frame may not do, and the log says why', async () => {
    const slider = portal.openFrame({ isSlider: true }).id
    const tab = portal.openFrame({ placement: 'CRM_DEAL_DETAIL_TAB' }).id
    const employee = portal.openFrame({ userId: 2 }).id
    for (const [frame, command, params] of [
      [slider, 'resizeWindow', { width: 1, height: 1 }],
      [tab, 'setTitle', { title: 'x' }],
      [tab, 'setScroll', { scroll: 1 }],
      [tab, 'reloadWindow', undefined],
      [first, 'placementBindEvent', { event: 'CallCard::BeforeClose' }],
      [tab, 'placementBindEvent', { event: 'CallCard::BeforeClose' }],
      [first, 'closeApplication', undefined],
      [employee, 'setAppOption', { name: 'a', value: 1 }],
    ] as const) {
      expect(await bridge(portal, frame, command, params)).toBeNull()
      expect(portal.log.at(-1)).toMatchObject({ level: 'warn', title: command, details: { answered: false, why: expect.any(String) as string } })
    }
    expect(portal.frames.map(({ id }) => id)).toContain(first)
  })

  it('shows what a user field has set, and tells the field its value', async () => {
    const { id } = portal.openFrame({ placement: 'USERFIELD_TYPE', placementOptions: { VALUE: 'blue' } })
    expect(await bridge(portal, id, 'getValue')).toBe('blue')
    expect(await bridge(portal, id, 'setValue', 'red')).toBeUndefined()
    expect(await bridge(portal, id, 'getValue')).toBe('red')
    expect(portal.frames.find(frame => frame.id === id)?.value).toBe('red')
  })

  it('fires placement events at those who bound them', async () => {
    const stream = await openStream(portal)
    const card = portal.openFrame({ placement: 'CALL_CARD' }).id
    await bridge(portal, card, 'placementBindEvent', { event: 'CallCard::EntityChanged' })
    expect((await control(portal, 'frames/event', { frameId: card, event: 'CallCard::EntityChanged', params: { id: 1 } })).status).toBe(200)
    expect((await control(portal, 'frames/event', { frameId: card, event: 'CallCard::BeforeClose' })).status).toBe(400)
    await stream.until(messages => messages.some(({ type }) => type === 'answer'))
    stream.close()
  })

  it('does what is asked without a callback, and answers nobody', async () => {
    const { id, name } = portal.frames[0]!
    const { body } = await control<{ answer: string | null }>(portal, 'bridge', { frameId: id, data: `setTitle:{"title":"Quiet"}::${name.split('|')[2]}` })
    expect([body.answer, portal.frames[0]?.title]).toEqual([null, 'Quiet'])
  })

  it('ignores a command with a foreign APP_SID', async () => {
    const { body } = await control<{ answer: string | null }>(portal, 'bridge', { frameId: first, data: 'getInitData:key:0123' })
    expect(body.answer).toBeNull()
    expect(portal.log.at(-1)?.level).toBe('warn')
  })

  it('opens frames by an address that carries the portal and keeps the app\'s own query', () => {
    const frame = portal.frames[0]
    const url = new URL(frame?.action ?? '')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ x: '1', DOMAIN: new URL(portal.url).host, PROTOCOL: '0', LANG: 'de' })
    expect(frame?.name).toBe(`${new URL(portal.url).host}|0|${url.searchParams.get('APP_SID')}`)
    expect(Object.keys(frame?.fields ?? {})).toEqual(['AUTH_ID', 'REFRESH_ID', 'AUTH_EXPIRES', 'SERVER_ENDPOINT', 'APPLICATION_TOKEN', 'APPLICATION_SCOPE', 'member_id', 'status', 'PLACEMENT', 'PLACEMENT_OPTIONS'])
  })

  it('opens frames without a form where a dev server refuses one', async () => {
    const other = await createPortal({ app: 'http://localhost:3000', method: 'get' })
    expect(other.frames[0]).toMatchObject({ method: 'get', fields: {} })
    await other.close()
  })
})
