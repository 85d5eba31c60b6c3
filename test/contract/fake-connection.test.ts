// @vitest-environment happy-dom
import { vi } from 'vitest'
import { lazyConnection } from '../../src/runtime/app/client/lazy-connection'
import type { PullConnection, PullGap, PullStatus, Unsubscribe } from '../../src/runtime/types'
import { PullError } from '../../src/runtime/utils/errors'
import { createFakeConnection, type FakeConnection } from '../../src/testing/fake-connection'
import { PATIENCE } from '../support/patience'
import { settle } from '../support/settle'
import { type ConnectionDriver, type ContractEvent, type ContractMessage, type ContractPresence, describeConnection } from './connection-contract'

/** Drives the testing connection, playing the server it does not have: a cut, the way back, and what waits meanwhile. */
function drive(fake: FakeConnection, connection: PullConnection = fake): ConnectionDriver {
  const statuses: PullStatus[] = [connection.state.status]
  const messages: ContractMessage[] = []
  const gaps: PullGap[] = []
  const missed: ContractEvent[] = []
  const presences: ContractPresence[] = []
  const unwatches: Unsubscribe[] = []
  const deliver = (event: ContractEvent) => fake.receive(event as never)

  connection.onStatus(({ previous, current }) => previous !== current && statuses.push(current))
  connection.onGap(gap => gaps.push(gap))
  // Each connection tells the server anew whom it watches, and the server says what it knows.
  fake.onStatus(({ previous, current }) => {
    if (previous !== current && current === 'connected') for (const userId of new Set(fake.watchedUsers)) fake.tellPresence(userId, { lastSeen: 0 })
  })
  const off = connection.onMessage(({ module, command, params }) => messages.push({ module, command, params }))

  function comeBack(): void {
    fake.step({ type: 'attempt' })
    fake.step({ type: 'opened' })
    if (fake.state.status === 'connected') missed.splice(0).forEach(deliver)
  }

  return {
    start: async () => connection.start(),
    stop: async () => connection.stop(),
    reconnect: async () => connection.reconnect(),
    statuses: async () => [...statuses],
    messages: async () => [...messages],
    gaps: async () => [...gaps],
    unsubscribe: async () => off(),
    async watchUser(userId) {
      const watch = unwatches.length
      unwatches.push(connection.watchUser(userId, ({ lastSeen, error }) => presences.push({ watch, lastSeen, error: error?.code ?? null })))
      if (fake.state.status === 'connected') setImmediate(() => fake.tellPresence(userId, { lastSeen: 0 }))
      return watch
    },
    unwatch: async watch => unwatches[watch]?.(),
    presences: async () => [...presences],
    async emit(event) {
      if (fake.state.status === 'reconnecting') missed.push(event)
      else deliver(event)
    },
    async cut() {
      const reason = new PullError({ code: 'CONNECTION_LOST', message: 'cut', why: 'The test cut it.', fix: 'Nothing.' })
      fake.step({ type: 'lost', reason, attempt: 1, nextRetryAt: Date.now() })
      setImmediate(() => setImmediate(comeBack))
    },
    waitForStatus: status => vi.waitUntil(() => connection.state.status === status, { timeout: PATIENCE }).then(() => {}),
    async settle() {
      for (let i = 0; i < 5; i++) await settle()
    },
    close: async () => connection.stop(),
  }
}

describeConnection('the testing connection', async () => drive(createFakeConnection()))

describeConnection('a connection that is loaded with its start', async () => {
  const fake = createFakeConnection()
  return drive(fake, lazyConnection(() => new Promise(resolve => setImmediate(() => resolve(fake)))))
})
