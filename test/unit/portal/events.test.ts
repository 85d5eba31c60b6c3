import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePhpQuery } from '../../../src/portal/rest/php-query'
import { EVENT_CATALOGUE } from '../../../src/portal/events/catalogue'
import { scopesOfEvent } from '../../../src/portal/events/known-events'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { control, rest, tokenOf } from './support/client'

let portal: Portal
let backEnd: Server
let handler: string
let received: Record<string, unknown>[]
let status: number

beforeEach(async () => {
  received = []
  status = 200
  backEnd = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push(parsePhpQuery(body))
    response.statusCode = status
    response.end()
  }).listen(0, '127.0.0.1')
  await once(backEnd, 'listening')
  handler = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/handler`
  portal = await createPortal({ app: 'http://localhost:3000' })
})

afterEach(async () => {
  await portal.close()
  backEnd.closeAllConnections()
  backEnd.close()
})

describe('events to the app\'s back end', () => {
  it('reach the bound handler as the platform sends them', async () => {
    expect((await rest(portal, tokenOf(portal), 'event.bind', { event: 'onCrmDealUpdate', handler })).result).toBe(true)
    const { deliveries } = await portal.fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: 42 } })
    expect(deliveries).toEqual([{ handler, status: 200, error: null }])
    expect(received).toMatchObject([{ event: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '42' } }, auth: { application_token: portal.applicationToken, user_id: '1', domain: new URL(portal.url).host } }])
    expect(received[0]?.ts).toMatch(/^\d{10}$/)
  })

  it('carry a token with which the handler can send a pull event', async () => {
    await rest(portal, tokenOf(portal), 'event.bind', { event: 'ONCRMDEALADD', handler })
    await control(portal, 'events/fire', { event: 'ONCRMDEALADD', data: { FIELDS: { ID: 1 } } })
    const { access_token } = received[0]?.auth as { access_token: string }
    expect((await rest(portal, access_token, 'pull.application.event.add', { COMMAND: 'deal', MODULE_ID: 'application' })).result).toBe(true)
  })

  it.each([['ONCRMDEALUPDATE', false], ['ONAPPUPDATE', true], ['ONOFFLINEEVENT', true]])('%s brings a refresh token: %j', async (event, isRenewable) => {
    await rest(portal, tokenOf(portal), 'event.bind', { event, handler })
    await portal.fireEvent(event)
    expect(received).toMatchObject([{ auth: { access_token: expect.any(String) } }])
    expect('refresh_token' in (received[0]?.auth as object)).toBe(isRenewable)
  })

  it('carry the application token of the options', async () => {
    const other = await createPortal({ app: 'http://localhost:3000', applicationToken: 'known beforehand' })
    await rest(other, tokenOf(other), 'event.bind', { event: 'ONTASKADD', handler })
    await other.fireEvent('ONTASKADD')
    await other.close()
    expect(received).toMatchObject([{ auth: { application_token: 'known beforehand' } }])
  })

  it('are fired by a REST method of one\'s own, too', async () => {
    const other = await createPortal({
      app: 'http://localhost:3000',
      rest: {
        'crm.deal.update': ({ id }, { fireEvent }) => {
          void fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: id } })
          return true
        },
      },
    })
    await rest(other, tokenOf(other), 'event.bind', { event: 'ONCRMDEALUPDATE', handler })
    expect((await rest(other, tokenOf(other), 'crm.deal.update', { id: 7 })).result).toBe(true)
    await other.waitFor(() => received.length === 1)
    await other.close()
    expect(received).toMatchObject([{ event: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '7' } } }])
  })

  it('can be listed and unbound, and are bound once', async () => {
    const token = tokenOf(portal)
    await rest(portal, token, 'event.bind', { event: 'ONCRMDEALUPDATE', handler })
    expect(await rest(portal, token, 'event.bind', { event: 'ONCRMDEALUPDATE', handler })).toMatchObject({ status: 400, error: 'ERROR_CORE', error_description: 'Unable to set event handler: Handler already binded' })
    expect((await rest(portal, token, 'event.get')).result).toEqual([{ event: 'ONCRMDEALUPDATE', handler, auth_type: '0', offline: 0 }])
    expect((await rest(portal, token, 'event.unbind', { event: 'ONCRMDEALUPDATE', handler })).result).toEqual({ count: 1 })
    expect((await portal.fireEvent('ONCRMDEALUPDATE')).deliveries).toEqual([])
    expect(received).toHaveLength(0)
  })

  it('say why a handler was not reached', async () => {
    const token = tokenOf(portal)
    status = 500
    await rest(portal, token, 'event.bind', { event: 'ONTASKADD', handler })
    await rest(portal, token, 'event.bind', { event: 'ONTASKADD', handler: 'https://example.com/handler' })
    await rest(portal, token, 'event.bind', { event: 'ONTASKADD', handler: 'http://127.0.0.1:1/' })
    const { deliveries } = await portal.fireEvent('onTaskAdd')
    expect(deliveries.map(({ status: code, error }) => [code, error?.slice(0, 20)])).toEqual([
      [500, 'The handler answered'],
      [null, 'The dev portal calls'],
      [null, 'The handler could no'],
    ])
  })
})

describe('event.bind', () => {
  const bind = (params: object, userId = 1) => rest(portal, tokenOf(portal, userId), 'event.bind', params)

  it.each([
    ['ERROR_ARGUMENT', 'Argument \'EVENT\' is null or empty', { handler: 'http://localhost/' }],
    ['ERROR_ARGUMENT', 'Argument \'HANDLER\' is null or empty', { event: 'ONTASKADD' }],
    ['ERROR_ARGUMENT', 'Value must be one of {online|offline}', { event: 'ONTASKADD', event_type: 'later' }],
    ['ERROR_WRONG_HANDLER_URL', 'Wrong handler URL', { event: 'ONTASKADD', handler: 'javascript:1' }],
    ['ERROR_WRONG_HANDLER_URL', 'Wrong handler URL', { event: 'ONTASKADD', handler: '/handler' }],
    ['ERROR_WRONG_HANDLER_URL', 'Wrong handler URL', { event: 'ONTASKADD', handler: 'http://intranet/handler' }],
    ['ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol', { event: 'ONTASKADD', handler: 'ftp://example.com/handler' }],
    ['ERROR_EVENT_NOT_FOUND', 'Event not found', { event: 'ONTASKADDED', handler: 'http://localhost/' }],
    ['ERROR_EVENT_NOT_FOUND', 'Event not found', { event: '__proto__', handler: 'http://localhost/' }],
    ['ERROR_EVENT_NOT_FOUND', 'Event not found', { event: 'ONTASKADDED', event_type: 'offline' }],
    ['ERROR_ARGUMENT', 'Offline event cannot be registered for this event.', { event: 'ONOFFLINEEVENT', event_type: 'offline' }],
  ])('answers %s, %s, to %j', async (error, error_description, params) => {
    expect(await bind(params)).toMatchObject({ status: 400, error, error_description })
    expect((await rest(portal, tokenOf(portal), 'event.get')).result).toEqual([])
  })

  it.each(['http://localhost:3000/', 'http://127.0.0.1/', 'http://[::1]:3000/', 'https://example.com/'])('takes the handler %s', async (address) => {
    expect((await bind({ event: 'ONTASKADD', handler: address })).result).toBe(true)
  })

  it('takes the app\'s own host, though it has no dot', async () => {
    const other = await createPortal({ app: 'http://app:3000' })
    expect((await rest(other, tokenOf(other), 'event.bind', { event: 'ONTASKADD', handler: 'http://app:3000/' })).result).toBe(true)
    await other.close()
  })

  it.each(['onCrmDynamicItemUpdate_147', 'CATALOG.PRICE.ON.ADD', 'ONAPPUNINSTALL'])('knows %s', async (event) => {
    expect((await bind({ event, handler })).result).toBe(true)
  })

  it('does not find an event of a scope that the app does not have, and the log says which', async () => {
    const other = await createPortal({ app: 'http://localhost:3000', scope: ['pull', 'crm'] })
    expect(await rest(other, tokenOf(other), 'event.bind', { event: 'ONTASKADD', handler })).toMatchObject({ status: 400, error: 'ERROR_EVENT_NOT_FOUND' })
    expect(other.log.find(({ title }) => title === 'event.bind refused ONTASKADD')?.details).toMatchObject({ why: expect.stringContaining('the scope task') })
    expect((await rest(other, tokenOf(other), 'event.bind', { event: 'ONCRMDEALADD', handler })).result).toBe(true)
    expect((await rest(other, tokenOf(other), 'events')).result).not.toContain('ONTASKADD')
    expect((await rest(other, tokenOf(other), 'events', { FULL: true })).result).toContain('ONTASKADD')
    expect((await rest(other, tokenOf(other), 'events', { SCOPE: 'task' })).result).toHaveLength(6)
    await other.close()
  })

  it('binds in an employee\'s own name, and shows and unbinds what is the employee\'s alone', async () => {
    await bind({ event: 'ONTASKADD', handler })
    await bind({ event: 'ONTASKADD', handler }, 2)
    expect(await bind({ event: 'ONTASKADD', handler, auth_type: 1 }, 2)).toMatchObject({ status: 403, error: 'ACCESS_DENIED', error_description: 'Access denied! Event binding with AUTH_TYPE requires administrator access rights' })
    const employee = tokenOf(portal, 2)
    expect((await rest(portal, employee, 'event.get')).result).toEqual([{ event: 'ONTASKADD', handler, auth_type: '2', offline: 0 }])
    expect((await rest(portal, employee, 'event.unbind', { event: 'ONTASKADD', handler })).result).toEqual({ count: 1 })
    expect((await rest(portal, tokenOf(portal), 'event.get')).result).toEqual([{ event: 'ONTASKADD', handler, auth_type: '0', offline: 0 }])
  })
})

describe('event.unbind', () => {
  const unbind = (params: object, userId = 1) => rest(portal, tokenOf(portal, userId), 'event.unbind', params)

  it('wants an event and a handler, and counts what it took away', async () => {
    const token = tokenOf(portal)
    for (const auth_type of [0, 1, 2]) await rest(portal, token, 'event.bind', { event: 'ONTASKADD', handler, auth_type })
    expect(await unbind({ handler })).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT', error_description: 'Argument \'EVENT\' is null or empty' })
    expect(await unbind({ event: 'ONTASKADD' })).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT', error_description: 'Argument \'HANDLER\' is null or empty' })
    expect((await unbind({ event: 'ONTASKADD', handler: `${handler}/other` })).result).toEqual({ count: 0 })
    expect((await unbind({ event: 'ONTASKADD', handler, auth_type: '2' })).result).toEqual({ count: 1 })
    expect((await unbind({ event: 'ONTASKADD', handler })).result).toEqual({ count: 2 })
  })

  it('takes an employee\'s own id as a number only, as the platform compares', async () => {
    await rest(portal, tokenOf(portal, 2), 'event.bind', { event: 'ONTASKADD', handler })
    expect(await unbind({ event: 'ONTASKADD', handler, auth_type: '2' }, 2)).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect((await unbind({ event: 'ONTASKADD', handler, auth_type: 2 }, 2)).result).toEqual({ count: 1 })
  })
})

describe('the catalogue of events', () => {
  it.each(Object.entries(EVENT_CATALOGUE))('has %s with the scope by which it can be bound', (event, { scope }) => {
    const scopes = scopesOfEvent(event)
    expect(scope === 'basic' ? [] : [scope]).toEqual(scopes?.slice(0, 1))
  })
})
