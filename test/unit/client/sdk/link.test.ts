// @vitest-environment happy-dom
import type { B24Frame } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createIntake } from '../../../../src/runtime/app/client/wire/intake'
import type { PullSdk } from '../../../../src/runtime/app/client/sdk/client'
import { createSdkLink, type SdkLinkEvents } from '../../../../src/runtime/app/client/sdk/link'
import { createSupervisor } from '../../../../src/runtime/app/client/retry/supervisor'

const HOUR = 3_600_000
const config = { server: { version: 4, config_timestamp: 7 }, channels: { private: { id: 'private' } }, api: { revision_web: 19 } }

const success = (result: unknown) => ({ isSuccess: true, getErrors: () => [], getData: () => ({ result }) })

/** The frame of a portal that answers the one REST call of the start. */
const frame = {
  auth: { getUniq: (prefix: string) => prefix },
  actions: { v2: { batch: { make: () => Promise.resolve({ isSuccess: true, getData: () => ({ profile: success({ ID: '1' }), config: success(config) }) }) } } },
}

/** What of the SDK's pull client the link touches: as there, a connected client that is told to connect does nothing. */
class PullClient {
  static created: PullClient[] = []
  session = { mid: 'last' }
  connector: { connected: boolean, socket: null } | null = null
  isDestroyed = false
  private word = 'offline'

  constructor() {
    PullClient.created.push(this)
  }

  get status() {
    return this.word
  }

  set status(word: string) {
    this.word = word
  }

  async connect() {
    if (this.connector?.connected) return
    this.connector = { connected: true, socket: null }
    this.status = 'online'
  }

  async start() {
    await this.connect()
    return true
  }

  destroy() {
    this.isDestroyed = true
    this.connector = null
    this.status = 'offline'
  }

  disconnect() {
    this.connector = null
    this.status = 'offline'
  }

  isConfigActual = () => true
  getConfig = () => config
  getServerVersion = () => config.server.version
}
for (const name of [
  'onIncomingMessage', 'broadcastMessage', 'reconnect', 'restart', 'scheduleReconnect',
  'scheduleRestart', 'onBeforeUnload', 'addWindowListener', 'ping', 'setLastMessageId', 'persistSession', 'isConfigActual', 'getConfig', 'getServerVersion', 'session',
]) Object.assign(PullClient.prototype, { [name]: () => {} })

/** A supervised link, started; nothing has happened yet. */
function start({ Client = PullClient, onWarning = problem => expect.fail(problem.message) }: { Client?: typeof PullClient, onWarning?: SdkLinkEvents['onWarning'] } = {}) {
  const loadPullSdk = () => Promise.resolve({ B24PullClientManager: Client } as unknown as PullSdk)
  const loadFrameSdk = () => Promise.resolve({ initializeB24Frame: () => Promise.resolve(frame as unknown as B24Frame), loadPullSdk })
  const onGap = vi.fn()
  const link = createSdkLink({
    prefix: 'test', modules: [], resumeLimit: 12 * HOUR, portalHint: null, loadFrameSdk, loadPullSdk,
    intake: createIntake({ onMessage: () => {}, onTrouble: () => {} }),
  }, {
    onFrame: () => {},
    onUser: () => {},
    onOpened: token => supervisor.opened(token),
    onLost: (token, reason, wait) => supervisor.lost(token, reason, wait),
    onFailed: (token, reason) => supervisor.failed(token, reason),
    onLateFrame: () => {},
    onWake: () => supervisor.wake(),
    onGap,
    onWarning,
  })
  // No chance: the ladder's steps without their random part.
  const supervisor = createSupervisor(link, () => {}, () => 0)
  onTestFinished(supervisor.stop)
  supervisor.start()
  return { supervisor, onGap }
}

async function connect() {
  const started = start()
  await vi.advanceTimersByTimeAsync(0)
  expect(started.supervisor.state.status).toBe('connected')
  return started
}

beforeEach(() => {
  vi.useFakeTimers()
  PullClient.created = []
  vi.stubGlobal('parent', {})
  window.name = 'portal|0|sid'
})
afterEach(() => {
  vi.unstubAllGlobals()
  window.name = ''
  vi.useRealTimers()
})

describe('a start whose REST call fails', () => {
  const refused = { isSuccess: false, getErrors: () => [Object.assign(new Error('busy'), { code: 'INTERNAL_SERVER_ERROR', status: 500 })], getData: () => null }

  it.each([
    [1, 100],
    [3, 100 + 15_000 + 45_000],
    [6, 100 + 15_000 + 3 * 45_000 + 600_000],
  ])('%i times is connected on the ladder\'s time, %i ms later', async (times, ms) => {
    const { batch } = frame.actions.v2
    const make = vi.spyOn(batch, 'make')
    for (let i = 0; i < times; i++) {
      make.mockResolvedValueOnce({ isSuccess: true, getData: () => ({ profile: success({ ID: '1' }), config: refused }) } as never)
    }
    const { supervisor } = start()
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(supervisor.state).toMatchObject({ attempt: times, reason: { code: 'REST_FAILED' } })
    await vi.advanceTimersByTimeAsync(1)
    expect(supervisor.state.status).toBe('connected')
    expect(make).toHaveBeenCalledTimes(times + 1)
    make.mockRestore()
  })
})

describe('a connection that is found dead', () => {
  it('is replaced, though the SDK takes it for alive', async () => {
    const { supervisor } = await connect()
    await vi.advanceTimersByTimeAsync(20_000)
    vi.setSystemTime(Date.now() + HOUR)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state.status).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false])
  })

  it('is replaced after a sleep of which the browser says nothing', async () => {
    const { supervisor } = await connect()
    vi.setSystemTime(Date.now() + HOUR)
    await vi.advanceTimersByTimeAsync(15_000)
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created.map(({ isDestroyed }) => isDestroyed)).toEqual([true, false])
  })

  it('is no gap where the next one goes on from the last message', async () => {
    const { supervisor, onGap } = await connect()
    vi.setSystemTime(Date.now() + HOUR)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(onGap).not.toHaveBeenCalled()
  })
})

describe('an SDK that has changed inside', () => {
  /** The SDK's client without one of its members, and with its own subscriptions, which is what is left to go by. */
  function without(member: string): typeof PullClient {
    class ChangedClient extends PullClient {
      private readonly tell: ((data: { status: string }) => void)[] = []

      constructor() {
        super()
        // Members of the class itself are the instance's own here.
        Reflect.deleteProperty(this, member)
      }

      subscribe({ type, callback }: { type?: string, callback: (data: { status: string }) => void }) {
        if (type === 'status') this.tell.push(callback)
      }

      override get status() {
        return super.status
      }

      override set status(word: string) {
        super.status = word
        this.tell.forEach(callback => callback({ status: word }))
      }
    }
    // As a copy, so that what is deleted stays with the others.
    const members = Object.getOwnPropertyDescriptors(PullClient.prototype)
    const { [member]: _missing, ...rest } = members as Record<string, PropertyDescriptor>
    Object.setPrototypeOf(ChangedClient.prototype, Object.create(null, rest) as object)
    return ChangedClient
  }

  it.each([
    'onIncomingMessage', 'broadcastMessage', 'reconnect', 'restart', 'scheduleReconnect', 'scheduleRestart', 'onBeforeUnload',
    'addWindowListener', 'ping', 'setLastMessageId', 'persistSession', 'isConfigActual', 'getConfig', 'getServerVersion', 'session',
  ])('says so where it lacks %s, connects, and comes back after a loss', async (member) => {
    const onWarning = vi.fn()
    const { supervisor } = start({ Client: without(member), onWarning })
    await vi.advanceTimersByTimeAsync(0)
    expect(onWarning).toHaveBeenCalledWith(expect.objectContaining({ code: 'SDK_CHANGED', message: expect.stringContaining(member) }))
    expect(supervisor.state.status).toBe('connected')
    for (let loss = 0; loss < 4; loss++) {
      await vi.advanceTimersByTimeAsync(20_000)
      PullClient.created.at(-1)!.disconnect()
      expect(supervisor.state).toMatchObject({ status: 'reconnecting', reason: { code: 'CONNECTION_LOST' } })
      await vi.advanceTimersByTimeAsync(200)
      expect(supervisor.state.status).toBe('connected')
    }
    supervisor.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a connection that is stopped', () => {
  it('leaves no client, no timer and no listener', async () => {
    const { supervisor } = await connect()
    supervisor.stop()
    expect(PullClient.created[0]?.isDestroyed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
