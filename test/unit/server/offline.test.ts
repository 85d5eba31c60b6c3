import type { B24OAuth } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPortal } from '../../../src/portal'
import type { Portal } from '../../../src/portal'
import { createPullSender, drainOfflineEvents, readB24Event, sendPullEvent } from '../../../src/server'
import type { OfflineEvent } from '../../../src/server'
import { toPhpForm } from '../../../src/portal/events/php-form'
import { createB24OAuth } from '../../support/b24-oauth'
import { rest, tokenOf } from '../portal/support/client'

let portal: Portal
let b24: B24OAuth

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000' })
  b24 = createB24OAuth(portal)
  await rest(portal, tokenOf(portal), 'event.bind', { event: 'ONCRMDEALUPDATE', event_type: 'offline' })
})

afterEach(() => portal.close())

const change = (id: number) => portal.fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: String(id) } })
const waiting = async () => (await rest(portal, tokenOf(portal), 'event.offline.list')).total

describe('drainOfflineEvents()', () => {
  it('hands on the newest state of each object once, and empties the queue', async () => {
    for (const id of [1, 2, 1, 1]) await change(id)
    const heard: OfflineEvent[] = []
    expect(await drainOfflineEvents(b24, event => heard.push(event))).toEqual({ handled: 2, failed: 0, requests: 2 })
    expect(heard.map(({ name, id }) => [name, id]).sort()).toEqual([['ONCRMDEALUPDATE', 1], ['ONCRMDEALUPDATE', 2]])
    expect(await waiting()).toBe(0)
  })

  it('asks for more until there is none', async () => {
    for (let id = 1; id <= 120; id++) await change(id)
    const heard: number[] = []
    await drainOfflineEvents(b24, ({ id }) => heard.push(id!), { pageSize: 50 })
    expect(new Set(heard).size).toBe(120)
  })

  it('keeps what could not be handled for a run with `resume`, however often it fails', async () => {
    for (const id of [1, 2, 3]) await change(id)
    const heard: number[] = []
    let isBroken = true
    const handle = ({ id }: OfflineEvent) => {
      heard.push(id!)
      if (id === 2 && isBroken) throw new Error('of the app')
    }
    expect(await drainOfflineEvents(b24, handle)).toMatchObject({ handled: 2, failed: 1 })
    expect(await drainOfflineEvents(b24, handle)).toMatchObject({ handled: 0, failed: 0 })
    expect(await drainOfflineEvents(b24, handle, { resume: true })).toMatchObject({ handled: 0, failed: 1 })
    isBroken = false
    expect(await drainOfflineEvents(b24, handle, { resume: true })).toMatchObject({ handled: 1, failed: 0 })
    expect(heard).toEqual([1, 2, 3, 2, 2])
    expect(await waiting()).toBe(0)
  })

  it('hears of an object again after its handler has failed', async () => {
    const fail = () => {
      throw new Error('of the app')
    }
    await change(1)
    await drainOfflineEvents(b24, fail)
    await change(1)
    const heard: number[] = []
    await drainOfflineEvents(b24, ({ id }) => heard.push(id!))
    expect(heard).toEqual([1])
  })

  it('leaves one record of a change that keeps failing, and no more with each run', async () => {
    const fail = () => {
      throw new Error('of the app')
    }
    for (let run = 0; run < 3; run++) {
      await change(1)
      await drainOfflineEvents(b24, fail, { resume: true })
      expect(await waiting()).toBe(1)
    }
  })

  it('takes up what several runs left, though what fails stands in front', async () => {
    for (let id = 1; id <= 51; id++) {
      await change(id)
      if (id >= 50) await rest(portal, tokenOf(portal), 'event.offline.get', { clear: 0 })
    }
    const heard: number[] = []
    await drainOfflineEvents(b24, ({ id }) => {
      heard.push(id!)
      if (id! <= 50) throw new Error('of the app')
    }, { resume: true })
    expect(heard.sort((a, b) => a - b).at(-1)).toBe(51)
    expect(await waiting()).toBe(50)
  })

  it('says what to do where the plan of the portal does not wait for confirmations', async () => {
    portal.faults.on('fail-method', { method: 'event.offline.get', error: 'WRONG_LICENSE', status: 403 })
    await expect(drainOfflineEvents(b24, () => {})).rejects.toMatchObject({ code: 'WRONG_LICENSE', fix: expect.stringContaining('confirm: false') })
  })

  it('confirms nothing with `confirm: false`: what is read is gone', async () => {
    for (const id of [1, 2]) await change(id)
    const answer = await drainOfflineEvents(b24, ({ id }) => {
      if (id === 2) throw new Error('of the app')
    }, { confirm: false, resume: true })
    expect(answer).toEqual({ handled: 1, failed: 1, requests: 1 })
    expect(portal.requests.at(-1)).toMatchObject({ method: 'event.offline.get', params: { clear: 1 } })
    expect(await waiting()).toBe(0)
  })

  it('takes up what a run that was killed had not confirmed', async () => {
    for (const id of [1, 2]) await change(id)
    // As a run does that ends here.
    await rest(portal, tokenOf(portal), 'event.offline.get', { clear: 0 })
    const heard: number[] = []
    await drainOfflineEvents(b24, ({ id }) => heard.push(id!))
    expect(heard).toEqual([])
    await drainOfflineEvents(b24, ({ id }) => heard.push(id!), { resume: true })
    expect(heard.sort()).toEqual([1, 2])
    expect(await waiting()).toBe(0)
  })

  it.each([0, 1.5, 1_001])('refuses %j as the size of a page', async (pageSize) => {
    await expect(drainOfflineEvents(b24, () => {}, { pageSize })).rejects.toMatchObject({ code: 'ARGUMENT_ERROR' })
  })
})

describe('a back end that was down while a thousand deals changed', () => {
  it('is level again by 25 requests or fewer, and each deal is told once', async () => {
    for (let id = 1; id <= 1_000; id++) await change(id)
    const before = portal.requests.filter(({ inBatch }) => !inBatch).length
    const sender = createPullSender({ connect: () => b24 })
    await drainOfflineEvents(b24, ({ id }) => sender.send(portal.memberId, { command: 'deal.changed', params: { id }, key: `deal:${id}` }), { resume: true })
    await sender.close()
    const calls = portal.requests.filter(({ inBatch }) => !inBatch).length - before
    const told = portal.requests.filter(({ method }) => method === 'pull.application.event.add')
    console.info(`1,000 changes while the back end was down: ${calls} requests`)
    expect(calls).toBeLessThanOrEqual(25)
    expect(new Set(told.map(({ params }) => JSON.parse(String(params.PARAMS)).id)).size).toBe(1_000)
    expect(told).toHaveLength(1_000)
    expect(sender.figures).toMatchObject({ sent: 1_000, failed: 0 })
  })
})

it('an installation in the dev portal brings access that renews itself', async () => {
  const form = toPhpForm({ event: 'ONAPPINSTALL', data: { VERSION: '1' }, ts: 1, auth: portal.authorize(1) }).toString()
  const { b24: access, memberId } = await readB24Event(form, { applicationToken: portal.applicationToken, clientId: portal.clientId, clientSecret: portal.clientSecret })
  expect(memberId).toBe(portal.memberId)
  portal.faults.on('expire-tokens')
  const answer = await access!.actions.v2.call.make<{ ID: string }>({ method: 'profile' })
  expect(answer.getData()?.result.ID).toBe('1')
})

it('an event without a refresh token brings access until that ends, and says then what was wrong', async () => {
  const { refresh_token: _, ...auth } = portal.authorize(1)
  const form = toPhpForm({ event: 'ONCRMDEALUPDATE', data: { FIELDS: { ID: '1' } }, ts: 1, auth }).toString()
  const { b24: access, tokens } = await readB24Event(form, { applicationToken: portal.applicationToken, clientId: portal.clientId, clientSecret: portal.clientSecret })
  expect(tokens?.refreshToken).toBe('')
  await sendPullEvent(access!, { command: 'ping' })
  portal.faults.on('expire-tokens')
  await expect(sendPullEvent(access!, { command: 'ping' })).rejects.toMatchObject({ code: 'AUTH_EXPIRED', fix: expect.stringContaining('no refresh token') })
})
