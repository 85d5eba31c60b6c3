// @vitest-environment happy-dom
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { watch } from 'vue'
import { defaultAppOptions } from '../../src/runtime/app/app-options'
import { createPull } from '../../src/runtime/app/create-pull'
import type { CreatedPull } from '../../src/runtime/app/create-pull'
import { usePullStore } from '../../src/runtime/app/stores/usePullStore'
import { restProblem } from '../../src/runtime/rest/rest-problem'
import type { PullConnection, PullGap, PullSession, PullStatus, Unsubscribe } from '../../src/runtime/types'
import { PullError } from '../../src/runtime/utils/errors'
import { createFakeConnection } from '../../src/testing/fake-connection'
import type { FakeConnection } from '../../src/testing/fake-connection'
import { PATIENCE } from '../support/patience'
import { settle } from '../support/settle'
import { describeConnection, REFUSAL, REFUSE } from './connection-contract'
import type { ConnectionDriver, ContractEvent, ContractMessage, ContractPresence, ContractSession } from './connection-contract'

/** What the engine that is loaded connects by, and each time that one was made. */
const { first, loaded } = vi.hoisted(() => ({ first: {} as { fake: FakeConnection }, loaded: [] as FakeConnection[] }))

vi.mock('../../src/runtime/app/engine', async (): Promise<typeof import('../../src/runtime/app/engine')> => {
  const { createEngine } = await import('../../src/runtime/app/create-engine')
  return {
    createPortalEngine(parts) {
      const fake = loaded.length ? createFakeConnection() : first.fake
      loaded.push(fake)
      return createEngine(parts, fake)
    },
  }
})

const plain = ({ userId, transport }: PullSession): ContractSession => ({ userId, transport })

/**
 * Drives the testing connection, playing the server it does not have: a cut, the way back, and what waits meanwhile.
 *
 * @param fake at the other end of it
 * @param connection under test, where that is another one
 * @param fakes all there are, the first among them: the server's connections
 */
function drive(fake: FakeConnection, connection: PullConnection = fake, fakes: readonly FakeConnection[] = [fake]): ConnectionDriver {
  const statuses: PullStatus[] = [connection.state.status]
  const messages: ContractMessage[] = []
  const gaps: PullGap[] = []
  const sessions: ContractSession[] = []
  const missed: ContractEvent[] = []
  const presences: ContractPresence[] = []
  const unwatches: Unsubscribe[] = []
  const deliver = (event: ContractEvent) => fake.receive(event as never)

  connection.onStatus(({ previous, current }) => previous !== current && statuses.push(current))
  connection.onSession(session => sessions.push(plain(session)))
  connection.onGap(gap => gaps.push(gap))
  fake.answer = ({ method, params }) => {
    if (method === REFUSE) throw restProblem(method, { code: REFUSAL, status: 403, description: 'The test refuses it.' })
    return params
  }
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

  async function cut(): Promise<void> {
    const reason = new PullError({ code: 'CONNECTION_LOST', message: 'cut', why: 'The test cut it.', fix: 'Nothing.' })
    fake.step({ type: 'lost', reason, attempt: 1, nextRetryAt: Date.now() })
    setImmediate(() => setImmediate(comeBack))
  }

  return {
    start: async () => connection.start(),
    stop: async () => connection.stop(),
    reconnect: async () => connection.reconnect(),
    statuses: async () => [...statuses],
    messages: async () => [...messages],
    gaps: async () => [...gaps],
    session: async () => plain(connection.session),
    sessions: async () => [...sessions],
    call: (method, params) => connection.call(method, params).then(result => ({ result }), (error: PullError) => ({ error: error.code })),
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
    connections: async () => fakes.filter(({ state }) => state.status === 'connected').length,
    cut,
    async cutWithGap() {
      const from = Date.now()
      const off = fake.onStatus(({ current }) => {
        if (current !== 'connected') return
        off()
        fake.reportGap({ cause: 'channel-changed', from, to: Date.now() })
      })
      await cut()
    },
    waitForStatus: status => vi.waitUntil(() => connection.state.status === status, { timeout: PATIENCE }).then(() => {}),
    async settle() {
      for (let i = 0; i < 5; i++) await settle()
    },
    close: async () => connection.stop(),
  }
}

describeConnection('the testing connection', async () => drive(createFakeConnection()))

/** What an app has of a pull, as a connection. */
function asConnection({ context: { pull, connection, call } }: CreatedPull): PullConnection {
  const session = (): PullSession => ({ frame: pull.frame.value, userId: pull.userId.value, transport: pull.transport.value, role: pull.role.value })
  return {
    get state() {
      return connection.state
    },
    get session() {
      return session()
    },
    start: () => void pull.start(),
    stop: pull.stop,
    reconnect: pull.reconnect,
    onMessage: listener => pull.on('*', '*', (_, message) => listener(message)),
    onStatus: connection.onStatus,
    onSession: listener => watch([pull.userId, pull.transport], () => listener(session()), { flush: 'sync' }),
    onGap: connection.onGap,
    watchUser: connection.watchUser,
    call,
  }
}

describeConnection('a pull whose engine is loaded with its start', async () => {
  loaded.length = 0
  const store = usePullStore(createPinia())
  const created = createPull({ options: { ...defaultAppOptions, portalHint: null }, store })
  return drive(first.fake = createFakeConnection(), asConnection(created), loaded)
})
