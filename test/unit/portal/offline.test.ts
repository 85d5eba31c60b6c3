import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { rest, tokenOf } from './support/client'

interface Taken { process_id: string | null, events: { ID: string, EVENT_NAME: string, EVENT_DATA: unknown, MESSAGE_ID: string }[] }

let portal: Portal
let admin: string

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000', limits: false })
  admin = tokenOf(portal, 1)
  await bind({})
})

afterEach(() => portal.close())

const bind = (params: object) => rest(portal, admin, 'event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', ...params })
const change = (id: number) => portal.fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: String(id) } })
const take = async (params: object = {}) => (await rest(portal, admin, 'event.offline.get', params)).result as Taken
const list = async (params: object = {}) => (await rest(portal, admin, 'event.offline.list', params)).result as { ID: string, PROCESS_ID: string, ERROR: string }[]

describe('offline events', () => {
  it('keep the newest state of each object, until a reader takes them', async () => {
    await change(1)
    await change(2)
    expect(await change(1)).toMatchObject({ deliveries: [], queued: 1, isWithheld: false })
    const { process_id, events } = await take()
    expect(process_id).toBeNull()
    expect(events.map(({ EVENT_DATA }) => EVENT_DATA)).toEqual(expect.arrayContaining([{ FIELDS: { ID: '1' } }, { FIELDS: { ID: '2' } }]))
    expect(events).toHaveLength(2)
    expect((await take()).events).toEqual([])
  })

  it('are reserved for a reader who confirms, and come anew for what changes meanwhile', async () => {
    await change(1)
    const { process_id, events } = await take({ clear: 0 })
    expect(process_id).toMatch(/^[0-9a-f]{32}$/)
    await change(1)
    expect(await list()).toHaveLength(2)
    expect((await take({ clear: 0, process_id })).events).toEqual(events)
    await rest(portal, admin, 'event.offline.clear', { process_id, id: [events[0]?.ID] })
    expect((await list()).map(({ PROCESS_ID }) => PROCESS_ID)).toEqual([''])
  })

  it('are marked where a reader could not handle them, and then come only to who asks for errors', async () => {
    await change(1)
    const { process_id, events } = await take({ clear: 0 })
    await rest(portal, admin, 'event.offline.error', { process_id, message_id: [events[0]?.MESSAGE_ID] })
    expect(await list()).toMatchObject([{ ERROR: '1' }])
    expect((await take({ clear: 0 })).events).toEqual([])
    expect((await take({ clear: 0, error: 1 })).events).toHaveLength(1)
  })

  it('that are marked are free again, and swallow all later changes of their object', async () => {
    await change(1)
    const { process_id, events } = await take({ clear: 0 })
    await change(1)
    const message_id = [events[0]?.MESSAGE_ID]
    expect(await rest(portal, admin, 'event.offline.error', { process_id })).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT' })
    await rest(portal, admin, 'event.offline.error', { process_id, message_id })
    await change(1)
    expect(await list()).toMatchObject([{ ERROR: '1', PROCESS_ID: '' }])
    expect((await take()).events).toEqual([])
    expect((await take({ error: 1 })).events).toHaveLength(1)
    expect(await list()).toEqual([])
  })

  it.each([{ '!PROCESS_ID': '' }, { EVENT_DATA: '1' }])('are not filtered by %j, which the platform refuses', async (filter) => {
    expect(await rest(portal, admin, 'event.offline.list', { filter })).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT' })
  })

  it('are filtered, ordered and listed by pages of fifty', async () => {
    for (let id = 1; id <= 60; id++) await change(id)
    const page = await rest(portal, admin, 'event.offline.list')
    expect(page).toMatchObject({ total: 60, next: 50 })
    expect(await list({ start: 50 })).toHaveLength(10)
    expect((await list({ filter: { '>ID': 58 }, order: { ID: 'DESC' } })).map(({ ID }) => ID)).toEqual(['60', '59'])
    expect((await take({ limit: 3 })).events).toHaveLength(3)
  })

  it('of a source are seen by that source alone', async () => {
    await rest(portal, admin, 'event.bind', { event: 'ONCRMLEADADD', event_type: 'offline', auth_connector: 'shop' })
    await portal.fireEvent('ONCRMLEADADD', { FIELDS: { ID: '1' } })
    expect((await take()).events).toEqual([])
    expect((await take({ auth_connector: 'shop' })).events).toHaveLength(1)
  })

  it('are for administrators and applications', async () => {
    const employee = tokenOf(portal, 2)
    expect(await rest(portal, employee, 'event.offline.get')).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect(await rest(portal, employee, 'event.bind', { event: 'ONTASKADD', event_type: 'offline' })).toMatchObject({ status: 403, error: 'ACCESS_DENIED' })
    expect((await fetch(`${portal.webhook}event.offline.get.json`)).status).toBe(403)
    expect(await rest(portal, admin, 'event.offline.clear')).toMatchObject({ status: 400, error: 'ERROR_ARGUMENT' })
  })

  describe('of what the app itself has changed', () => {
    let other: Portal
    let token: string
    const keys = { none: {}, shop: { auth_connector: 'shop' } }
    const queued = async (source: keyof typeof keys) => ((await rest(other, token, 'event.offline.list', keys[source])).result as unknown[]).length

    beforeEach(async () => {
      other = await createPortal({ app: 'http://localhost:3000', limits: false, rest: { 'crm.deal.update': async ({ id }, { fireEvent }) => (await fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: id } })).queued } })
      token = tokenOf(other)
      for (const key of Object.values(keys)) await rest(other, token, 'event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', ...key })
    })

    afterEach(() => other.close())

    it('go to the queues of other source keys only, and none is a key', async () => {
      expect((await rest(other, token, 'crm.deal.update', { id: 1, auth_connector: 'shop' })).result).toBe(1)
      expect([await queued('none'), await queued('shop')]).toEqual([1, 0])
      await rest(other, token, 'crm.deal.update', { id: 2 })
      expect([await queued('none'), await queued('shop')]).toEqual([1, 1])
      expect(other.log.findLast(({ title }) => title === 'ONCRMDEALUPDATE')?.details).toMatchObject({ queued: 1, skipped: expect.stringContaining('auth_connector') })
    })

    it('take the source key from the batch, not from its commands', async () => {
      const batch = (params: object, query: string) => rest(other, token, 'batch', { ...params, cmd: { a: `crm.deal.update?id=3${query}` } })
      await batch({ auth_connector: 'shop' }, '')
      expect([await queued('none'), await queued('shop')]).toEqual([1, 0])
      await batch({}, '&auth_connector=shop')
      expect([await queued('none'), await queued('shop')]).toEqual([1, 1])
    })

    it('go to every queue where a webhook or the page makes the change', async () => {
      await fetch(`${other.webhook}crm.deal.update.json?id=4`)
      expect([await queued('none'), await queued('shop')]).toEqual([1, 1])
      expect((await other.fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: '5' } })).queued).toBe(2)
    })
  })

  it('need no handler, and are bound once a source', async () => {
    expect(await bind({})).toMatchObject({ status: 400, error: 'ERROR_CORE', error_description: 'Unable to set event handler: Handler already binded' })
    expect(await bind({ handler: 'no address', auth_type: 2 })).toMatchObject({ status: 400, error: 'ERROR_CORE' })
    expect((await bind({ auth_connector: 'shop' })).result).toBe(true)
    expect((await rest(portal, admin, 'event.unbind', { event: 'ONCRMDEALUPDATE', event_type: 'offline', auth_connector: 'shop' })).result).toEqual({ count: 1 })
    expect((await rest(portal, admin, 'event.get')).result).toEqual([{ event: 'ONCRMDEALUPDATE', connector_id: '', offline: 1 }])
  })

  it('can be unbound', async () => {
    expect((await rest(portal, admin, 'event.get')).result).toEqual([{ event: 'ONCRMDEALUPDATE', connector_id: '', offline: 1 }])
    expect((await rest(portal, admin, 'event.unbind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })).result).toEqual({ count: 1 })
    expect((await change(1)).queued).toBe(0)
  })
})

describe('ONOFFLINEEVENT', () => {
  let backEnd: Server

  afterEach(() => {
    backEnd.closeAllConnections()
    backEnd.close()
  })

  it('tells the back end that the queue has grown, not more often than it asked', async () => {
    const received: string[] = []
    backEnd = createServer((request, response) => {
      received.push(request.url ?? '')
      request.resume()
      response.end()
    }).listen(0, '127.0.0.1')
    await once(backEnd, 'listening')
    const handler = `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/queue`
    await rest(portal, admin, 'event.bind', { event: 'ONOFFLINEEVENT', handler, options: { minTimeout: 3_600 } })
    await change(1)
    await change(2)
    await portal.waitFor('log', 'ONOFFLINEEVENT')
    expect(received).toEqual(['/queue'])
  })
})
