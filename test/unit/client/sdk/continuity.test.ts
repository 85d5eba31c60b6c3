import { describe, expect, it } from 'vitest'
import { judgeContinuity } from '../../../../src/runtime/app/client/sdk/continuity'

const identity = { server: '5 push.example', channels: 'a' }
const plainCut = { lastId: 'id', before: identity, now: identity, away: 1000, resumeLimit: 5000 }

const elsewhere = { now: { ...identity, channels: 'b' } }
const replaced = { now: { ...identity, server: '4 push.example' } }

describe('judgeContinuity', () => {
  it('finds no gap after a plain cut', () => {
    expect(judgeContinuity(plainCut)).toBeNull()
  })

  it.each([
    ['no-id', { lastId: null }],
    ['channel-changed', elsewhere],
    ['channel-changed', { ...elsewhere, lastId: null }],
    ['server-changed', replaced],
    ['server-changed', { now: { server: '4 push.example', channels: 'b' } }],
    ['too-long', { away: 5001 }],
  ])('finds the gap %s for %j', (cause, change) => {
    expect(judgeContinuity({ ...plainCut, ...change })).toBe(cause)
  })

  it('takes exactly the limit for not too long', () => {
    expect(judgeContinuity({ ...plainCut, away: 5000 })).toBeNull()
  })
})
