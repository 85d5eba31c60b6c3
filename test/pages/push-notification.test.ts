import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { PATIENCE } from '../support/patience'
import type { OpenSurface } from '../support/surface-page'
import { surfacePerTest } from '../support/surface-per-test'

const notification = { userId: [2, 3], text: 'The report is ready', avatar: 'https://example.com/a.png' }
const METHOD = 'pull.application.push.add'

const openSurface = surfacePerTest()
let open: OpenSurface

const begin = async (options: Partial<PortalOptions> = {}) => void (open = await openSurface(options))

const shows = (expected: string) => expect.poll(() => open.texts('notify')).toEqual([expected])
const requests = () => open.portal.requests.filter(({ method }) => method === METHOD)

describe('usePushNotification', () => {
  it('sends what an administrator wants to say', async () => {
    await begin()
    await open.mount('Notify', { notification })
    await shows('sent')
    const { details } = await open.portal.waitFor('log', 'Notification: The report is ready', { timeout: PATIENCE })
    expect(details).toMatchObject({ userIds: [2, 3], text: notification.text, avatar: notification.avatar })
  })

  it('says that only administrators may', async () => {
    await begin({ users: [{ id: 2 }, { id: 3 }] })
    await open.mount('Notify', { notification })
    await shows('ACCESS_ERROR')
  })

  it('says that the app has no name', async () => {
    await begin({ appName: '' })
    await open.mount('Notify', { notification })
    await shows('EMPTY_APP_NAME')
  })

  it('says that the scope is missing', async () => {
    await begin()
    open.portal.faults.on('refuse-scope', { scope: 'pull' })
    await open.mount('Notify', { notification })
    await shows('INSUFFICIENT_SCOPE')
  })

  it('calls nothing when the text is empty', async () => {
    await begin()
    await open.mount('Notify', { notification: { ...notification, text: '' } })
    await shows('TEXT_ERROR')
    expect(requests()).toEqual([])
  })
})
