// @vitest-environment happy-dom
import { nextTick, reactive, watch } from 'vue'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFakeConnection } from '../../src/testing/fake-connection'
import { PullError } from '../../src/runtime/utils/errors'
import { settle } from '../support/settle'
import { createTestPull } from '../support/mount-with-pull'

const ping = { module: 'crm', command: 'ping', params: { id: 1 } }
const reason = (code: 'CONNECTION_LOST' | 'NOT_IN_FRAME' | 'WRONG_AUTH_TYPE') => new PullError({ code, message: 'What happened.', why: 'Why.', fix: 'What to do.' })

describe('the connection\'s state', () => {
  it('shows in the refs', () => {
    const { context: { pull }, connection } = createTestPull({ isStarted: false })
    expect([pull.status.value, pull.isConnected.value, pull.userId.value, pull.transport.value]).toEqual(['idle', false, null, null])
    connection.start()
    expect([pull.status.value, pull.isConnected.value, pull.userId.value, pull.transport.value]).toEqual(['connected', true, 1, 'websocket'])
  })

  it('shows why it is away, which try it is and when the next one comes', () => {
    const { context: { pull }, connection } = createTestPull()
    const lost = reason('CONNECTION_LOST')
    connection.step({ type: 'lost', reason: lost, attempt: 3, nextRetryAt: 5000 })
    expect([pull.status.value, pull.reason.value, pull.attempt.value, pull.nextRetryAt.value]).toEqual(['reconnecting', lost, 3, 5000])
  })

  it('shows in the store', () => {
    const { connection, store } = createTestPull()
    const lost = reason('CONNECTION_LOST')
    connection.step({ type: 'lost', reason: lost, attempt: 1, nextRetryAt: 5000 })
    expect([store.status, store.reason]).toEqual(['reconnecting', lost])
  })

  it('is told once per change of the word', () => {
    const { connection, told } = createTestPull()
    const lost = { type: 'lost', reason: reason('CONNECTION_LOST'), attempt: 1, nextRetryAt: 5000 } as const
    connection.step(lost)
    connection.step({ type: 'attempt' })
    connection.step({ ...lost, attempt: 2 })
    expect(told.statuses.map(({ current }) => current)).toEqual(['connecting', 'connected', 'reconnecting'])
  })

  it('triggers watchers', async () => {
    const { context: { pull }, connection } = createTestPull()
    const seen = vi.fn()
    watch(pull.status, seen)
    connection.stop()
    await nextTick()
    expect(seen).toHaveBeenCalledExactlyOnceWith('closed', 'connected', expect.anything())
  })

  it('keeps the frame out of reactivity, which its private fields would not survive', () => {
    const { context: { pull }, connection } = createTestPull()
    class Frame {
      #secret = 1
      read = () => this.#secret
    }
    const frame = new Frame()
    connection.setSession({ frame: frame as never })
    expect(pull.frame.value).toBe(frame)
    expect(reactive({ frame: pull.frame.value }).frame).toBe(frame)
  })

  it('passes gaps on', () => {
    const { connection, told } = createTestPull()
    const gap = { cause: 'no-id', from: 1, to: 2 } as const
    connection.reportGap(gap)
    expect(told.gaps).toEqual([gap])
  })
})

describe('the log', () => {
  it('has one notice, and no error, outside a portal', () => {
    const { connection, logger } = createTestPull({ connection: createFakeConnection({ connects: false }) })
    connection.step({ type: 'failed', reason: reason('NOT_IN_FRAME') })
    expect(logger.notice).toHaveBeenCalledExactlyOnceWith('What happened. What to do.')
    expect(logger.error).not.toHaveBeenCalled()
    expect(logger.warn).not.toHaveBeenCalled()
  })

  it('has an error for every other failure', () => {
    const { connection, logger } = createTestPull()
    connection.step({ type: 'failed', reason: reason('WRONG_AUTH_TYPE') })
    expect(logger.error).toHaveBeenCalledExactlyOnceWith('What happened. What to do.', '')
  })

  it('has a warning when suspended and is quiet about a drop', () => {
    const { connection, logger } = createTestPull()
    connection.step({ type: 'lost', reason: reason('CONNECTION_LOST'), attempt: 1, nextRetryAt: 5000 })
    expect(logger.warn).not.toHaveBeenCalled()
    connection.step({ type: 'overdue' })
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('stale'))
  })
})

describe('start()', () => {
  it('resolves when connected', async () => {
    const { context: { pull } } = createTestPull({ isStarted: false })
    await pull.start()
    expect(pull.status.value).toBe('connected')
  })

  it.each([
    ['connected', { type: 'opened' }],
    ['failed', { type: 'failed', reason: reason('NOT_IN_FRAME') }],
    ['closed', { type: 'stop' }],
  ] as const)('waits until it is %s', async (_, step) => {
    const { context: { pull }, connection } = createTestPull({ connection: createFakeConnection({ connects: false }), isStarted: false })
    const done = vi.fn()
    void pull.start().then(done)
    connection.step({ type: 'lost', reason: reason('CONNECTION_LOST'), attempt: 1, nextRetryAt: 5000 })
    await settle()
    expect(done).not.toHaveBeenCalled()
    connection.step(step)
    await settle()
    expect(done).toHaveBeenCalledOnce()
  })

  it('tries again from failed', async () => {
    const { context: { pull }, connection } = createTestPull()
    connection.step({ type: 'failed', reason: reason('WRONG_AUTH_TYPE') })
    await pull.start()
    expect(pull.status.value).toBe('connected')
  })

  it('resolves at once while connected', async () => {
    const { context: { pull }, told } = createTestPull()
    await pull.start()
    expect(told.statuses).toHaveLength(2)
  })
})

describe('a message', () => {
  it('reaches the hook before the handlers, and each once', () => {
    const { context: { pull }, connection, told } = createTestPull()
    const toldBefore: number[] = []
    pull.on('crm', 'ping', () => void toldBefore.push(told.messages.length))
    connection.receive(ping)
    expect(toldBefore).toEqual([1])
  })

  it('is frozen to the bottom in development', () => {
    const { context: { pull }, connection } = createTestPull()
    const heard: unknown[] = []
    pull.on('crm', 'ping', (params) => {
      (params as { list: number[] }).list.push(2)
    })
    pull.on('crm', 'ping', params => void heard.push(params))
    connection.receive({ ...ping, params: { list: [1] } })
    expect(heard).toEqual([{ list: [1] }])
  })

  it('is recorded when its module is named in the options, in any case', () => {
    const { connection, store, dispose } = createTestPull({ modules: ['CRM'] })
    connection.receive(ping)
    connection.receive({ ...ping, module: 'tasks' })
    dispose()
    expect(store.messages.map(({ module }) => module)).toEqual(['crm'])
  })

  it('is recorded while someone listens to its module, and not afterwards', () => {
    const { context: { pull }, connection, store, dispose } = createTestPull({ modules: [] })
    const off = pull.on('crm', 'other', () => {})
    connection.receive(ping)
    off()
    connection.receive({ ...ping, params: { id: 2 } })
    dispose()
    expect(store.messages.map(({ params }) => params.id)).toEqual([1])
  })

  it('of presence is neither recorded nor heard by listeners of everything', () => {
    const { context: { pull }, connection, store, dispose } = createTestPull({ modules: ['online'] })
    const handler = vi.fn()
    pull.on('*', '*', handler)
    connection.receive({ ...ping, module: 'online', type: 'online' })
    dispose()
    expect(handler).not.toHaveBeenCalled()
    expect(store.messages).toEqual([])
  })
})

describe('on()', () => {
  it('hears without a component until it is ended', () => {
    const { context: { pull }, connection } = createTestPull()
    const handler = vi.fn()
    const off = pull.on('crm', ['ping', 'pong'], handler)
    connection.receive(ping)
    off()
    off()
    connection.receive(ping)
    expect(handler).toHaveBeenCalledExactlyOnceWith({ id: 1 }, expect.objectContaining(ping))
  })

  it('reports a handler\'s error with its message', () => {
    const { context: { pull }, connection, told, logger } = createTestPull()
    const failure = new Error('mine')
    pull.on('crm', 'ping', () => {
      throw failure
    })
    connection.receive(ping)
    expect(told.errors).toEqual([[expect.objectContaining({ code: 'HANDLER_FAILED', cause: failure }), expect.objectContaining(ping)]])
    expect(logger.error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('mine'), failure)
  })

  it.each([
    ['', 'ping', 'MODULE_ID_ERROR'], ['pull', 'ping', 'MODULE_RESERVED'], ['online', '*', 'MODULE_RESERVED'], ['crm', '', 'COMMAND_ERROR'],
  ])('refuses %j / %j', (module, command, code) => {
    const { context: { pull } } = createTestPull()
    expect(() => pull.on(module, command, () => {})).toThrow(expect.objectContaining({ code }))
  })

  it('tells the hook of a wrong name in a production build, and hears the others', () => {
    vi.stubEnv('NODE_ENV', 'production')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { context: { pull, listen, replay }, connection, told } = createTestPull()
    const [wrong, right, onError] = [vi.fn(), vi.fn(), vi.fn()]
    pull.on('pull', 'ping', wrong)()
    listen({ type: 'server', module: 'crm', commands: [''], listener: wrong, onError })
    pull.on('crm', 'ping', right)
    connection.receive(ping)
    expect(told.errors.map(([{ code }]) => code)).toEqual(['MODULE_RESERVED', 'COMMAND_ERROR'])
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'COMMAND_ERROR' }))
    expect(() => replay({ type: 'server', module: 'pull', commands: ['ping'], listener: wrong })?.()).not.toThrow()
    expect([wrong, right].map(({ mock }) => mock.calls.length)).toEqual([0, 1])
  })

  it('says in development that module ids are compared in lower case', () => {
    const { context: { pull }, connection, logger } = createTestPull()
    const handler = vi.fn()
    pull.on('CRM', 'ping', handler)
    connection.receive(ping)
    expect(handler).toHaveBeenCalledOnce()
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('\'CRM\' is heard as \'crm\''))
  })

  it('hears after stop() and start() again', async () => {
    const { context: { pull }, connection } = createTestPull()
    const handler = vi.fn()
    pull.on('crm', 'ping', handler)
    pull.stop()
    await pull.start()
    connection.receive(ping)
    expect(handler).toHaveBeenCalledOnce()
  })
})

describe('dispose()', () => {
  it('stops the connection, says so, and hears nothing any more', () => {
    const { context: { pull }, connection, store, told, dispose } = createTestPull()
    const handler = vi.fn()
    pull.on('crm', 'ping', handler)
    dispose()
    connection.start()
    connection.receive(ping)
    expect(store.status).toBe('closed')
    expect(told.statuses.at(-1)).toEqual({ previous: 'connected', current: 'closed' })
    expect(handler).not.toHaveBeenCalled()
  })
})

it('keeps two instances on one page apart', () => {
  const first = createTestPull()
  const second = createTestPull()
  const handler = vi.fn()
  first.context.pull.on('crm', 'ping', handler)
  second.connection.receive(ping)
  expect(handler).not.toHaveBeenCalled()
})
