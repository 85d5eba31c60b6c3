import type { B24OAuth } from '@bitrix24/b24jssdk'
import { B24Hook } from '@bitrix24/b24jssdk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { PullError, sendPullEvent, sendPushNotification } from '../../../src/server'
import { createB24OAuth } from '../../support/b24-oauth'
import { serveRefusals } from '../../support/oauth-server'

let portal: Portal
let b24: B24OAuth
let oauth: Awaited<ReturnType<typeof serveRefusals>>

beforeAll(async () => {
  [portal, oauth] = await Promise.all([createPortal({ app: 'http://localhost:3000' }), serveRefusals()])
})

beforeEach(() => {
  portal.faults.clear()
  b24 = createB24OAuth(portal)
})

afterAll(() => Promise.all([portal.close(), oauth.close()]))

const last = () => portal.requests.at(-1)

describe('sendPullEvent() with B24OAuth', () => {
  it('sends an event of the module application to every user of the app', async () => {
    await expect(sendPullEvent(b24, { command: 'deal.changed', params: { id: 42 } })).resolves.toBeUndefined()
    expect(last()).toMatchObject({ method: 'pull.application.event.add', status: 200, params: { MODULE_ID: 'application', COMMAND: 'deal.changed', PARAMS: { id: 42 } } })
    expect(last()?.params).not.toHaveProperty('USER_ID')
  })

  it('sends module and receivers', async () => {
    await sendPullEvent(b24, { module: 'my.module', command: 'ping', userId: [1, 2] })
    expect(last()?.params).toMatchObject({ MODULE_ID: 'my.module', PARAMS: {}, USER_ID: [1, 2] })
  })

  it('names a single receiver as the portal compares him: an employee may name himself', async () => {
    await sendPullEvent(b24, { command: 'ping', userId: [1] })
    expect(last()?.params).toMatchObject({ USER_ID: '1' })
  })

  it('refuses params that JSON would lose', async () => {
    await expect(sendPullEvent(b24, { command: 'ping', params: { list: [{ when: new Map() }] } })).rejects.toMatchObject({ code: 'PARAMS_ERROR', message: 'params.list[0].when is an instance of Map.' })
  })

  it('adds no mark of a page: it is nobody\'s own', async () => {
    await sendPullEvent(b24, { command: 'ping', params: { id: 1 } })
    expect(last()?.params.PARAMS).toEqual({ id: 1 })
  })

  it.each([
    [{ command: 'two words' }, 'COMMAND_ERROR'], [{ command: 'ping', module: 'My-App' }, 'MODULE_ID_ERROR'], [{ command: 'ping', module: 'pull' }, 'MODULE_RESERVED'],
    [{ command: 'ping', params: [] }, 'PARAMS_ERROR'], [{ command: 'ping', userId: -1 }, 'USER_ID_ERROR'],
  ])('refuses %j before the call', async (event, code) => {
    const before = portal.requests.length
    await expect(sendPullEvent(b24, event as never)).rejects.toMatchObject({ name: 'PullError', code })
    expect(portal.requests).toHaveLength(before)
  })

  it('says that only an administrator may name others', async () => {
    await expect(sendPullEvent(createB24OAuth(portal, 2), { command: 'ping', userId: 1 })).rejects.toMatchObject({ code: 'USER_ID_ACCESS_ERROR' })
  })

  it('says what to do about a refused token, in the words of a back end', async () => {
    const refused = createB24OAuth(portal, 1, { accessToken: 'unknown', serverEndpoint: `${oauth.url}/rest/` })
    const error = await sendPullEvent(refused, { command: 'ping' }).catch(problem => problem)
    expect(error).toBeInstanceOf(PullError)
    expect(error).toMatchObject({ code: 'AUTH_EXPIRED', fix: expect.stringContaining('setCallbackRefreshAuth()') })
  })

  it('gives away no token with an error', async () => {
    portal.faults.on('refuse-scope', { scope: 'pull' })
    const error = await sendPullEvent(b24, { command: 'ping' }).catch(problem => problem)
    expect(error).toMatchObject({ code: 'INSUFFICIENT_SCOPE' })
    const { access_token: token } = b24.auth.getAuthData() as { access_token: string }
    expect(JSON.stringify([error, error.cause, error.message, error.stack])).not.toContain(token)
  })
})

describe('sendPushNotification() with B24OAuth', () => {
  it('sends receivers, text and picture', async () => {
    await expect(sendPushNotification(b24, { userId: [2, 3], text: 'Done', avatar: 'https://example.com/a.png' })).resolves.toBeUndefined()
    expect(last()).toMatchObject({ method: 'pull.application.push.add', status: 200, params: { USER_ID: [2, 3], TEXT: 'Done', AVATAR: 'https://example.com/a.png' } })
  })

  it('refuses an empty text before the call', async () => {
    const before = portal.requests.length
    await expect(sendPushNotification(b24, { userId: 2, text: ' ' })).rejects.toMatchObject({ code: 'TEXT_ERROR' })
    expect(portal.requests).toHaveLength(before)
  })

  it('says that only an administrator may', async () => {
    await expect(sendPushNotification(createB24OAuth(portal, 2), { userId: 2, text: 'Done' })).rejects.toMatchObject({ code: 'ACCESS_ERROR' })
  })
})

describe('a webhook', () => {
  it.each([
    ['sendPullEvent()', (hook: B24Hook) => sendPullEvent(hook, { command: 'ping' })],
    ['sendPushNotification()', (hook: B24Hook) => sendPushNotification(hook, { userId: 1, text: 'Done' })],
  ])('is refused by %s at once, with the reason', async (_, send) => {
    const before = portal.requests.length
    const [, userId, secret] = /\/rest\/(\d+)\/(\w+)\//.exec(portal.webhook)!
    const hook = new B24Hook({ b24Url: portal.url, userId: Number(userId), secret: secret! })
    await expect(send(hook)).rejects.toMatchObject({ code: 'WRONG_AUTH_TYPE', message: expect.stringContaining('B24Hook'), fix: expect.stringContaining('B24OAuth') })
    expect(portal.requests).toHaveLength(before)
  })
})

describe('what is no client, event or notification', () => {
  it.each([undefined, null, 5, 'text', {}, { auth: {} }, []])('is refused with a code: the client %j', async (client) => {
    await expect(sendPullEvent(client as never, { command: 'ping' })).rejects.toMatchObject({ name: 'PullError', code: 'ARGUMENT_ERROR' })
    await expect(sendPushNotification(client as never, { userId: 1, text: 'Done' })).rejects.toMatchObject({ name: 'PullError', code: 'ARGUMENT_ERROR' })
  })

  it.each([undefined, null, 5, 'ping', [], { command: 'ping', userIds: [1] }])('is refused with a code: the event %j', async (event) => {
    const before = portal.requests.length
    await expect(sendPullEvent(b24, event as never)).rejects.toMatchObject({ name: 'PullError', code: 'ARGUMENT_ERROR' })
    await expect(sendPushNotification(b24, event as never)).rejects.toMatchObject({ name: 'PullError', code: 'ARGUMENT_ERROR' })
    expect(portal.requests).toHaveLength(before)
  })
})
