import { describe, expect, it } from 'vitest'
import { judgeContinuity } from '../../../../src/runtime/app/client/sdk/continuity'

const plainCut = { lastId: 'id', channelBefore: 'a', channelNow: 'a', from: 1000, to: 2000, resumeLimit: 5000 }

describe('judgeContinuity', () => {
  it('finds no gap after a plain cut', () => {
    expect(judgeContinuity(plainCut)).toBeNull()
  })

  it.each([
    ['no-id', { lastId: null }, 2000],
    ['channel-changed', { channelNow: 'b' }, 2000],
    ['channel-changed', { channelNow: 'b', lastId: null }, 2000],
    ['too-long', { to: 6001 }, 6001],
  ])('finds the gap %s for %j', (cause, change, to) => {
    expect(judgeContinuity({ ...plainCut, ...change })).toEqual({ cause, from: 1000, to })
  })

  it('takes exactly the limit for not too long', () => {
    expect(judgeContinuity({ ...plainCut, to: 6000 })).toBeNull()
  })
})
