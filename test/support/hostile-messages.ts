import fc from 'fast-check'

/**
 * Nearly what frames that share a connection say to each other, and anything else. No script can know the epoch of who leads without
 * listening.
 *
 * @param heard what was said before: it is said once more, too
 */
export function hostileMessages(heard: readonly unknown[]): fc.Arbitrary<unknown> {
  const text = fc.constantFrom('hostile', 'e', '', '__proto__', 'client-0 x', 'm1', 'm5', 'm9999')
  const count = fc.constantFrom(0, 1, 2, 7, 1e9, -1, Number.NaN)
  const place = fc.record({ identity: fc.record({ server: text, channels: text }), lastId: fc.option(text), tag: fc.constant(null), time: fc.constant(null), from: count })
  const message = fc.record({ module: fc.constantFrom('application', 'pull', 'CRM', '__proto__'), command: fc.constantFrom('hostile', 'ping'), params: fc.constant({ n: 'hostile' }), extra: fc.constant({}), type: fc.constantFrom('server', 'client', 'root'), receivedAt: count, source: fc.constantFrom('push', 'test') })
  const state = fc.record({ status: fc.constantFrom('connected', 'failed', 'suspended'), reason: fc.constant(null), attempt: count, nextRetryAt: fc.option(count), transport: fc.constantFrom('websocket', null, 'x') })
  return fc.oneof(
    fc.anything(),
    fc.record({ kind: fc.constant('lead'), epoch: text, lastId: fc.option(text) }),
    fc.record({ kind: fc.constant('state'), epoch: text, n: count, place: fc.option(place), recent: fc.array(text, { maxLength: 3 }), state }),
    fc.record({ kind: fc.constant('message'), epoch: text, n: count, id: fc.option(text), tag: fc.constant(null), time: fc.constant(null), message }),
    fc.record({ kind: fc.constant('gap'), epoch: text, gap: fc.record({ cause: fc.constantFrom('no-id', 'x'), from: fc.constant(1), to: fc.constant(2) }) }),
    fc.record({ kind: fc.constantFrom('bye', 'here', 'seen'), epoch: text, silence: count, to: text, userId: count, lastSeen: count, error: fc.constant(null) }),
    fc.record({ kind: fc.constantFrom('hello', 'ask', 'wake', 'watch'), from: text, byUser: fc.boolean(), users: fc.array(count, { maxLength: 3 }), fresh: fc.array(count, { maxLength: 3 }) }),
    // What was said before, once more.
    fc.constantFrom(...heard),
  )
}
