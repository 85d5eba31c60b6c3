import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parsePhpQuery } from '../../../src/portal/rest/php-query'
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
    await rest(other, tokenOf(other), 'event.bind', { event: 'A', handler })
    await other.fireEvent('A')
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
    await rest(portal, token, 'event.bind', { event: 'A', handler })
    await rest(portal, token, 'event.bind', { event: 'A', handler: 'https://example.com/handler' })
    await rest(portal, token, 'event.bind', { event: 'A', handler: 'http://127.0.0.1:1/' })
    const { deliveries } = await portal.fireEvent('a')
    expect(deliveries.map(({ status: code, error }) => [code, error?.slice(0, 20)])).toEqual([
      [500, 'The handler answered'],
      [null, 'The dev portal calls'],
      [null, 'The handler could no'],
    ])
  })

  it('refuse a handler that is no address', async () => {
    expect((await rest(portal, tokenOf(portal), 'event.bind', { event: 'A', handler: 'javascript:1' })).status).toBe(400)
    expect((await rest(portal, tokenOf(portal), 'event.bind', { handler })).status).toBe(400)
  })
})
