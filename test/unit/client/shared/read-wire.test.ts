import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWire } from '../../../../src/runtime/app/client/shared/read-wire'
import { toPlainReason } from '../../../../src/runtime/app/client/shared/reason'
import { PullError } from '../../../../src/runtime/utils/errors'

const reason = new PullError({ code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f', cause: { access_token: 'secret' } })
const place = { identity: { server: '5 push', channels: 'c' }, lastId: 'm1', tag: null, time: null, from: 1 }
const message = { module: 'crm', command: 'dealUpdate', params: { id: 1 }, extra: {}, type: 'server', receivedAt: 1, source: 'push' }
const state = { status: 'connected', reason: null, attempt: 0, nextRetryAt: null, transport: 'websocket' }

const good = {
  'a greeting': { kind: 'hello', from: 'a' },
  'a question': { kind: 'ask', from: 'a' },
  'a wake': { kind: 'wake', byUser: true },
  'a watch': { kind: 'watch', from: 'a', users: [1, 2], fresh: [2] },
  'the word of who leads': { kind: 'lead', epoch: 'e', lastId: null },
  'a state': { kind: 'state', epoch: 'e', n: 3, place, recent: ['m0', 'm1'], state },
  'a state without a place': { kind: 'state', epoch: 'e', n: 0, place: null, recent: [], state: { ...state, status: 'connecting', transport: null } },
  'a message': { kind: 'message', epoch: 'e', n: 1, id: 'm2', tag: null, time: null, message },
  'a gap': { kind: 'gap', epoch: 'e', gap: { cause: 'no-id', from: 1, to: 2 } },
  'an answer': { kind: 'here', epoch: 'e', silence: 10 },
  'what was said of a user': { kind: 'seen', epoch: 'e', to: 'a', userId: 1, lastSeen: 0, error: null },
  'a farewell': { kind: 'bye', epoch: 'e' },
}

describe('what comes over the channel', () => {
  it.each(Object.entries(good))('is read where it is %s', (_, posted) => {
    expect(readWire(structuredClone(posted))).toEqual(posted)
  })

  it('has its reason as an error again, and nothing of its cause', () => {
    const posted = { ...good['a state'], state: { ...state, status: 'reconnecting', transport: null, reason: toPlainReason(reason) } }
    const read = readWire(structuredClone(posted))
    expect(read).toMatchObject({ state: { reason: { code: 'CONNECTION_LOST', message: 'm', why: 'w', fix: 'f' } } })
    expect((read as { state: { reason: unknown } }).state.reason).toBeInstanceOf(PullError)
    expect(JSON.stringify(posted)).not.toContain('secret')
  })

  it('keeps nothing that was not asked for', () => {
    expect(readWire({ ...good['a greeting'], more: 1 })).toEqual(good['a greeting'])
    expect(readWire({ ...good['a message'], message: { ...message, then: 1 } })).toEqual(good['a message'])
  })

  it.each(Object.entries(good).flatMap(([name, posted]) => Object.keys(posted).map(key => [name, key, posted] as const)))('is none of ours where %s lacks its %s', (_, key, posted) => {
    expect(readWire(Object.fromEntries(Object.entries(posted).filter(([name]) => name !== key)))).toBeNull()
  })

  it.each([
    null, undefined, 1, 'hello', [], {}, { kind: 'hello' }, { kind: 'hello', from: '' }, { kind: 'hello', from: 'x'.repeat(257) },
    { kind: '__proto__', epoch: 'e' }, { kind: 'constructor', epoch: 'e' },
    { ...good['a message'], n: 0 }, { ...good['a message'], n: Number.NaN }, { ...good['a message'], id: '' },
    { ...good['a message'], message: { ...message, module: 'pull' } }, { ...good['a message'], message: { ...message, module: 'CRM' } },
    { ...good['a message'], message: { ...message, params: [] } }, { ...good['a message'], message: { ...message, source: 'test' } },
    { ...good['a state'], state: { ...state, status: 'failed' } }, { ...good['a state'], state: { ...state, transport: 'pigeon' } },
    { ...good['a state'], recent: Array.from({ length: 101 }, () => 'm') },
    { ...good['a gap'], gap: { cause: 'because', from: 1, to: 2 } }, { ...good['a gap'], gap: { cause: 'no-id', from: 2, to: 1 } },
    { ...good['a watch'], users: [0] }, { ...good['a watch'], users: ['1'] }, { ...good['a watch'], users: Array.from({ length: 1_001 }, (_, i) => i + 1) },
    { ...good['what was said of a user'], error: { code: 'not a code', message: '', why: '', fix: '' } },
  ])('is none of ours: %o', (posted) => {
    expect(readWire(posted)).toBeNull()
  })

  it('throws nothing, whatever it is', () => {
    const value = fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withDate: true, withBigInt: true, withTypedArray: true })
    const near = fc.tuple(fc.constantFrom(...Object.values(good)), fc.string(), value)
      .chain(([posted, name, other]) => fc.constantFrom(name, ...Object.keys(posted)).map(key => ({ ...posted, [key]: other })))
    fc.assert(fc.property(fc.oneof(value, near), (data) => {
      const read = readWire(data)
      if (read) expect(good).toHaveProperty(Object.keys(good).find(name => good[name as keyof typeof good].kind === read.kind) ?? 'nothing')
    }), { numRuns: 20_000 })
  })
})
