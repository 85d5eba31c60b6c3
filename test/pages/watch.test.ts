import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import type { OpenSurface } from '../support/surface-page'
import { surfacePerTest } from '../support/surface-per-test'

const METHOD = 'pull.watch.extend'

const openSurface = surfacePerTest()
let open: OpenSurface

/** A portal whose own server code has subscribed the user to every tag but those that begin with `no`. */
const watching: Partial<PortalOptions> = {
  rest: {
    [METHOD]: ({ tags }) => Object.fromEntries((tags as string[]).map(tag => [tag, !tag.startsWith('no')])),
  },
}

const begin = async (options: Partial<PortalOptions> = {}) => void (open = await openSurface(options))

const shows = (...expected: string[]) => expect.poll(() => open.texts('watch')).toEqual(expected)
const asked = () => open.portal.requests.filter(({ method }) => method === METHOD).map(({ params }) => params.tags as string[])

describe('usePullWatch', () => {
  it('watches 1,000 tags of ten components by two calls', async () => {
    await begin(watching)
    const tags = Array.from({ length: 1000 }, (_, i) => `tag-${i}`)
    await open.mount('Watch', { tags }, 10)
    await shows(...Array.from({ length: 10 }, () => 'true ok'))
    expect(asked().map(list => list.length)).toEqual([500, 500])
    expect(asked().flat()).toEqual(tags)
  })

  it('shows a refused tag to those who want it, and renews only the others after a reconnect', async () => {
    await begin(watching)
    await open.mount('Watch', { tags: ['a', 'no'] })
    await open.mount('Watch', { tags: ['a', 'b'] })
    await shows('false WATCH_REFUSED', 'true ok')
    const before = asked().length
    open.portal.faults.on('cut-connections')
    await expect.poll(() => asked().slice(before)).toEqual([['a', 'b']])
    await shows('false WATCH_REFUSED', 'true ok')
  })

  it('is refused by a portal without server code that subscribed the user, as the platform answers', async () => {
    await begin()
    await open.mount('Watch', { tags: ['a'] })
    await shows('false WATCH_REFUSED')
  })

  it('says why a call failed, and asks again after a reconnect', async () => {
    await begin(watching)
    open.portal.faults.on('fail-method', { method: METHOD, times: 1, status: 400, error: 'SOMETHING' })
    await open.mount('Watch', { tags: ['a'] })
    await shows('false REST_FAILED')
    open.portal.faults.on('cut-connections')
    await shows('true ok')
    expect(open.problems.uncaught).toEqual([])
  })
})
