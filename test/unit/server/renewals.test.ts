import type { B24OAuth } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPullSender } from '../../../src/server'
import type { PullSender, PullSenderOptions } from '../../../src/server'
import { serveRefusals } from '../../support/oauth-server'
import { connectTo, serveManyPortals } from './support/many-portals'
import type { ManyPortals } from './support/many-portals'

let portals: ManyPortals
let oauth: Awaited<ReturnType<typeof serveRefusals>>
let sender: PullSender

beforeEach(async () => {
  [portals, oauth] = await Promise.all([serveManyPortals(), serveRefusals()])
})

afterEach(async () => {
  vi.restoreAllMocks()
  await sender.close()
  await Promise.all([portals.close(), oauth.close()])
})

function create(options: Partial<PullSenderOptions>): PullSender {
  return sender = createPullSender({ connect: portals.connect, coalesce: 10, ...options })
}

/** Access whose token has expired, and whose refresh token was used by somebody else: `invalid_grant`. */
const outdated = (memberId: string): B24OAuth => connectTo(portals.origin, memberId, { expires: 1, serverEndpoint: `${oauth.url}/rest/` })

describe('a refresh token that another process was the first to use', () => {
  it('costs nothing where the new tokens are stored a moment later', async () => {
    const onGone = vi.fn()
    const onFailed = vi.fn()
    const connect = vi.fn(portals.connect).mockImplementationOnce(outdated).mockImplementationOnce(outdated)
    create({ connect, onGone, onFailed })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    expect(connect).toHaveBeenCalledTimes(3)
    expect(onGone).not.toHaveBeenCalled()
    expect(onFailed).not.toHaveBeenCalled()
    expect(portals.get('one').heard).toHaveLength(1)
  })

  it('is told as the error of the event where `retryFor` allows no second try, and the portal stays', async () => {
    const onGone = vi.fn()
    const onFailed = vi.fn()
    create({ connect: outdated, retryFor: 0, onGone, onFailed })
    await sender.send('one', { command: 'ping' })
    await sender.idle()
    expect(onFailed.mock.calls).toMatchObject([[{ memberId: 'one', error: { code: 'AUTH_EXPIRED', cause: { code: 'invalid_grant' } } }]])
    expect(onGone).not.toHaveBeenCalled()
    await expect(sender.send('one', { command: 'ping' })).resolves.toBeUndefined()
  })
})

describe('tokens that stay refused', () => {
  it('make the portal gone after some seconds, and no event of it is tried for ever', async () => {
    const onGone = vi.fn()
    const now = performance.now.bind(performance)
    let passed = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now() + passed)
    const connect = vi.fn((memberId: string) => {
      // From the second turn on, the first is some seconds ago.
      if (connect.mock.calls.length > 2) passed = 5_000
      return outdated(memberId)
    })
    create({ connect, onGone })
    await Promise.all([1, 2].map(id => sender.send('one', { command: 'ping', params: { id } })))
    await sender.idle()
    expect(onGone.mock.calls).toMatchObject([[{ memberId: 'one', dropped: 2, error: { code: 'AUTH_EXPIRED' } }]])
    expect(connect).toHaveBeenCalledTimes(4)
    await expect(sender.send('one', { command: 'ping' })).rejects.toMatchObject({ code: 'PORTAL_GONE' })
  })
})
