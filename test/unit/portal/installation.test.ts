import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { parsePhpQuery } from '../../../src/portal/rest/php-query'
import { bridge, rest, state } from './support/client'

const app = 'http://127.0.0.1:3000/app'

let portal: Portal
let backEnd: Server
let received: Record<string, unknown>[]

beforeEach(async () => {
  received = []
  backEnd = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push(parsePhpQuery(body))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(backEnd, 'listening')
  portal = await createPortal({ app, install: true, installUrl: '/install', installCallback: `http://127.0.0.1:${(backEnd.address() as AddressInfo).port}/callback`, limits: false })
})

afterEach(async () => {
  await portal.close()
  backEnd.closeAllConnections()
  backEnd.close()
})

const frame = () => portal.frames[0]!

describe('installation', () => {
  it('opens the install page, and withholds events until installFinish(), saying so', async () => {
    expect(new URL(frame().action).pathname).toBe('/install')
    expect(await bridge(portal, frame().id, 'getInitData')).toMatchObject({ INSTALL: true })
    expect((await rest(portal, portal.authorize().access_token, 'app.info')).result).toMatchObject({ INSTALLED: false })
    expect(await portal.fireEvent('ONCRMDEALADD')).toEqual({ deliveries: [], queued: 0, isWithheld: true })
    expect(portal.log.at(-1)?.title).toBe('ONCRMDEALADD withheld: the app is not installed yet')
    expect(received).toEqual([])
  })

  it('ends with installFinish(), which is never answered: the page comes anew, and ONAPPINSTALL brings tokens', async () => {
    expect(await bridge(portal, frame().id, 'setInstallFinish')).toBeNull()
    await portal.waitFor('log', 'ONAPPINSTALL')
    expect(portal.isInstalled).toBe(true)
    expect(new URL(frame().action).pathname).toBe('/app')
    expect(frame().revision).toBe(1)
    expect(await bridge(portal, frame().id, 'getInitData')).toMatchObject({ INSTALL: false })
    expect(received).toMatchObject([{ event: 'ONAPPINSTALL', data: { VERSION: '1', LANGUAGE_ID: 'en' }, auth: { application_token: portal.applicationToken, member_id: portal.memberId } }])
    const { access_token } = received[0]?.auth as { access_token: string }
    expect((await rest(portal, access_token, 'profile')).status).toBe(200)
    expect((await portal.fireEvent('ONCRMDEALADD')).isWithheld).toBe(false)
  })

  it('is an administrator\'s', async () => {
    portal.switchUser(2)
    expect(frame().trouble).toMatchObject({ code: 'not-installed' })
    expect((await state(portal)).placements.map(({ placement }) => placement)).toEqual(['DEFAULT'])
    expect(await bridge(portal, frame().id, 'setInstallFinish')).toBeNull()
    expect(portal.isInstalled).toBe(false)
    await bridge(portal, portal.openFrame({ userId: 1 }).id, 'setInstallFinish')
    expect(portal.frames.map(({ trouble }) => trouble)).toEqual([null, null])
  })

  it('can be begun anew', async () => {
    await bridge(portal, frame().id, 'setInstallFinish')
    portal.install()
    expect(portal.isInstalled).toBe(false)
    expect(new URL(frame().action).pathname).toBe('/install')
  })
})
