import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import type { OpenSurface } from '../support/surface-page'
import { surfacePerTest } from '../support/surface-per-test'

/** The rhythm of a minute in a second, in ms. */
const quick = { grace: 300, interval: 1000, intervalAfterData: 150, intervalAfterNone: 300, spread: 50 }
/** The same without polls, however long it takes to be connected again. */
const calm = { ...quick, grace: 600_000 }

const openSurface = surfacePerTest()
let open: OpenSurface
/** What the app's back end has to tell, one list for each fetch. */
let changes: { module: string, command: string, params?: Record<string, unknown> }[][]

async function begin(options: Partial<PortalOptions> = {}): Promise<void> {
  changes = []
  open = await openSurface({ rest: { 'changes.get': () => changes.shift() ?? [] }, ...options })
}

const shows = (testId: string, expected: unknown) => expect.poll(() => open.texts(testId).then(([text]) => text)).toEqual(expected)
const status = (word: string) => expect.poll(() => open.texts('status')).toEqual([word])

/** Cuts the connection before a message has come: the server cannot know where to go on. */
async function makeGap(expected: number): Promise<void> {
  open.portal.faults.on('cut-connections')
  await expect.poll(() => open.inFrame(({ gaps }) => gaps.length)).toBe(expected)
}

describe('usePullRefresh', () => {
  it('fetches at the start, and once after a gap', async () => {
    await begin()
    await open.mount('Refresh', { options: calm })
    await shows('reasons', 'start')
    await makeGap(1)
    await shows('reasons', 'start gap')
  })

  it('puts a gap off while the page is hidden', async () => {
    await begin()
    await open.mount('Refresh', { options: { ...calm, spread: 0 } })
    await shows('reasons', 'start')
    await open.setHidden(true)
    await makeGap(1)
    // What comes over the new connection comes after the gap was told.
    open.portal.emit({ module: 'application', command: 'fence' })
    await shows('heard', 'fence:push')
    await shows('reasons', 'start')
    await open.setHidden(false)
    await shows('reasons', 'start gap')
  })

  it('polls while the connection is away, and hands over what comes to the same handlers', async () => {
    await begin()
    await open.mount('Refresh', { options: quick })
    await shows('reasons', 'start')
    open.portal.emit({ module: 'application', command: 'first' })
    await shows('heard', 'first:push')
    changes = [[{ module: 'application', command: 'second' }, { module: 'application', command: 'third' }]]
    open.portal.faults.on('refuse-connections', { seconds: 600 })
    open.portal.faults.on('cut-connections')
    await status('reconnecting')
    await shows('heard', 'first:push second:poll third:poll')
    await shows('reasons', expect.stringMatching(/^start poll poll poll/))

    open.portal.faults.off('refuse-connections')
    await open.inFrame(({ pull }) => pull.reconnect())
    await status('connected')
    const reasons = await open.texts('reasons')
    open.portal.emit({ module: 'application', command: 'fourth' })
    await shows('heard', 'first:push second:poll third:poll fourth:push')
    expect(await open.texts('reasons')).toEqual(reasons)
  })

  it('reports what is no message', async () => {
    await begin()
    changes = [[{ module: 'pull', command: 'channel_expire' }, { module: 'application', command: 'good' }]]
    await open.mount('Refresh', { options: quick })
    await shows('heard', 'good:poll')
    await shows('refresh-error', 'FETCHED_MESSAGE_ERROR')
  })

  it('says why a fetch failed, and tries again', async () => {
    await begin()
    open.portal.faults.on('fail-method', { method: 'changes.get', times: 1_000, status: 400, error: 'SOMETHING' })
    await open.mount('Refresh', { options: quick })
    await shows('refresh-error', 'REST_FAILED')
    await shows('reasons', expect.stringMatching(/^start start/))
    open.portal.faults.off('fail-method')
    await shows('refresh-error', 'ok')
    expect(await open.texts('reasons')).toEqual([expect.stringMatching(/^start( start)+$/)])
  })

  it('asks nothing any more once its component has gone', async () => {
    await begin()
    const asked = () => open.portal.requests.filter(({ method }) => method === 'changes.get').length
    await open.mount('Refresh', { options: { ...calm, spread: 0 } })
    await expect.poll(asked).toBe(1)
    await open.unmountAll()
    await open.mount('Refresh', { options: calm })
    await expect.poll(asked).toBe(2)
    await makeGap(1)
    // The one that has gone would have asked before this one does.
    await shows('reasons', 'start gap')
    await expect.poll(asked).toBe(3)
    await open.inFrame(({ call }) => call('server.time', {}))
    expect(asked()).toBe(3)
  })
})
