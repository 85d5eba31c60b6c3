import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Portal } from '../../../src/portal'
import { createPortal } from '../../../src/portal'
import { bridge, control, rest } from './support/client'
import type { PullConfig } from './support/client'
import { decode } from './support/decode'
import { openSocket, socketUrl } from './support/socket'

let portal: Portal

beforeEach(async () => {
  portal = await createPortal({ app: 'http://localhost:3000', limits: false })
})

afterEach(() => portal.close())

/** What a frame is given to connect with, asked for with its own token. */
async function configOf(frameId: string): Promise<PullConfig> {
  const { AUTH_ID } = await bridge(portal, frameId, 'getInitData') as { AUTH_ID: string }
  return (await rest(portal, AUTH_ID, 'pull.application.config.get')).result as PullConfig
}

const holders = () => portal.connections.map(({ frameIds }) => frameIds)

describe('whose a connection is', () => {
  it('is known by who has asked for the config, and stays so after a cut', async () => {
    const [first, second] = ['frame-1', portal.openFrame().id]
    const socket = await openSocket(socketUrl(await configOf(first)))
    expect(holders()).toEqual([[first]])
    portal.faults.on('cut-connections')
    await socket.closed()
    const url = socketUrl(await configOf(first))
    await openSocket(url)
    expect(holders()).toEqual([[first]])

    // The one that leads is taken away, and the next connects for itself.
    portal.faults.on('cut-connections')
    portal.closeFrame(first)
    await openSocket(socketUrl(await configOf(second)))
    await portal.waitFor(() => portal.connections.length === 1)
    expect(holders()).toEqual([[second]])
  })

  it('is one of several that asked at once, less those that have gone or begun anew', async () => {
    const [first, second, third] = ['frame-1', portal.openFrame().id, portal.openFrame().id]
    const config = await configOf(first)
    await configOf(second)
    await configOf(third)
    await bridge(portal, third, 'getInitData')
    await openSocket(socketUrl(config))
    expect(holders()).toEqual([[first, second]])
    portal.closeFrame(first)
    expect(holders()).toEqual([[second]])
  })

  it('is certain on version 5, whose token names the frame', async () => {
    portal.setServer({ version: 5 })
    const [first, second] = ['frame-1', portal.openFrame().id]
    const config = await configOf(first)
    await configOf(second)
    await openSocket(socketUrl(config))
    expect(holders()).toEqual([[first]])
  })
})

describe('a frozen connection', () => {
  it('hears nothing until it is thawed, and then all of it in its order', async () => {
    const socket = await openSocket(socketUrl(await configOf('frame-1')))
    const heard = () => decode(4, socket.frames).map(({ command }) => command)
    const { id } = portal.connections[0]!
    const other = await openSocket(socketUrl(await configOf('frame-1')))

    expect((await control(portal, 'connections/freeze', { connectionId: id, on: true })).status).toBe(200)
    expect(portal.connections[0]!.isFrozen).toBe(true)
    for (const command of ['a', 'b', 'c']) portal.emit({ module: 'application', command })
    await other.until(({ frames }) => decode(4, frames).length === 3)
    expect(heard()).toEqual([])

    await control(portal, 'connections/freeze', { connectionId: id, on: false })
    await socket.until(({ frames }) => decode(4, frames).length === 3)
    expect(heard()).toEqual(['a', 'b', 'c'])
    expect(await control(portal, 'connections/freeze', { connectionId: 'gone', on: true })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })
})
