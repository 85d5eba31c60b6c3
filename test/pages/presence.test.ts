import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import type { OpenSurface } from '../support/surface-page'
import { surfacePerTest } from '../support/surface-per-test'

const openSurface = surfacePerTest()
let open: OpenSurface

/** On a push server that tells presence to applications: of version 5, if nothing else is said. */
const begin = async (options: Partial<PortalOptions> = {}) => void (open = await openSurface({ server: { version: 5 }, ...options }))

const shows = (...expected: string[]) => expect.poll(() => open.texts('presence')).toEqual(expected)
const calls = () => ['subscribeStatusChange', 'unsubscribeStatusChange', 'getUsersLastSeen'].map(open.serverCalls)

async function reconnect(): Promise<void> {
  const before = open.portal.connections[0]!.id
  open.portal.faults.on('cut-connections')
  await expect.poll(() => open.portal.connections.some(({ id }) => id !== before)).toBe(true)
}

describe('useUserOnline, on a push server of version 5', () => {
  it('shows who is online now, and each change, by one subscription for many components', async () => {
    await begin()
    open.portal.setOnline(3, true)
    await open.mount('Presence', { ids: [2, 3] }, 30)
    await shows(...Array.from({ length: 30 }, () => '2:false:null 3:true:0 ok'))
    open.portal.setOnline(2, true)
    await shows(...Array.from({ length: 30 }, () => '2:true:0 3:true:0 ok'))
    expect(calls()).toEqual([2, 0, 1])
  })

  it('says when somebody was last seen, in seconds', async () => {
    await begin()
    open.portal.setOnline(3, true)
    open.portal.setOnline(3, false)
    await open.mount('Presence', { ids: [3] })
    await expect.poll(() => open.texts('presence')).toEqual([expect.stringMatching(/^3:false:\d{1,2} ok$/)])
  })

  it('subscribes anew after a reconnect, and shows what has changed meanwhile', async () => {
    await begin()
    await open.mount('Presence', { ids: [3] }, 5)
    await shows(...Array.from({ length: 5 }, () => '3:false:null ok'))
    await reconnect()
    await expect.poll(calls).toEqual([2, 0, 2])
    open.portal.setOnline(3, true)
    await shows(...Array.from({ length: 5 }, () => '3:true:0 ok'))
  })

  it('ends the subscription with the last component', async () => {
    await begin()
    await open.mount('Presence', { ids: [2, 3] }, 5)
    await expect.poll(calls).toEqual([2, 0, 1])
    await open.unmountAll()
    await expect.poll(calls).toEqual([2, 2, 1])
  })

  it('says so where the push server does not answer', async () => {
    await begin()
    await open.inFrame(() => {
      const { send } = WebSocket.prototype
      WebSocket.prototype.send = function (data) {
        if (!String(data).includes('StatusChange') && !String(data).includes('LastSeen')) send.call(this, data)
      }
    })
    await open.mount('Presence', { ids: [3] })
    await shows('3:null:null PRESENCE_UNAVAILABLE')
    await open.unmountAll()
    expect(calls()).toEqual([0, 0, 0])
  })

  it('cannot ask over long polling, and says so', async () => {
    await begin({ server: { version: 5, transport: 'long-polling' } })
    await open.mount('Presence', { ids: [3] })
    await shows('3:null:null PRESENCE_UNAVAILABLE')
  })
})

describe.each([4, 3] as const)('useUserOnline, on a push server of version %i', (version) => {
  it('says that the server cannot tell, hears nothing of who comes and goes, and believes the events that come all the same', async () => {
    await begin({ server: { version } })
    await open.mount('Presence', { ids: [2, 3] })
    await shows('2:null:null 3:null:null PRESENCE_UNAVAILABLE')
    open.portal.setOnline(3, true)
    // Whatever would have come of it has come before this one.
    open.portal.emit({ module: 'online', command: 'userStatusChange', params: { user_id: 2, online: true } })
    await shows('2:true:0 3:null:null PRESENCE_UNAVAILABLE')
    expect(calls()).toEqual([0, 0, 0])
  })
})

describe('usePullOnline', () => {
  it('hears the presence events of those who are watched', async () => {
    await begin()
    await open.mount('Online')
    await open.mount('Presence', { ids: [3] })
    await shows('3:false:null ok')
    open.portal.setOnline(3, true)
    open.portal.setOnline(3, false)
    await expect.poll(() => open.texts('online')).toEqual(['userStatusChange:3:true userStatusChange:3:false'])
  })

  it('hears nothing where presence goes to the portal\'s own channel: on version 4', async () => {
    await begin({ server: { version: 4 } })
    await open.mount('Online')
    open.portal.setOnline(2, true)
    // Whatever would have come of it has come before this one.
    open.portal.emit({ module: 'online', command: 'userStatusChange', params: { user_id: 3, online: true } })
    await expect.poll(() => open.texts('online')).toEqual(['userStatusChange:3:true'])
  })
})
