// @vitest-environment happy-dom
import type { B24Frame } from '@bitrix24/b24jssdk'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createIntake } from '../../../../src/runtime/app/client/wire/intake'
import type { PullConfig, PullSdk } from '../../../../src/runtime/app/client/sdk/pull-client'
import { identityOf } from '../../../../src/runtime/app/client/sdk/identity'
import { createSdkLink } from '../../../../src/runtime/app/client/sdk/link'
import type { SdkLinkEvents } from '../../../../src/runtime/app/client/sdk/link-types'
import { createSupervisor } from '../../../../src/runtime/app/client/retry/supervisor'
import { describeEnds } from '../../../contract/connection-contract'
import type { ContractEnd } from '../../../contract/connection-contract'

const HOUR = 3_600_000
const config = {
  server: { version: 4, config_timestamp: 7, websocket: 'ws://push.example/socket', long_polling: 'http://push.example/poll', websocket_enabled: true },
  channels: { private: { id: 'private' } },
  api: { revision_web: 19 },
}

/** What the portal answers to the question for it. */
let answered = config

/** What the portal says of the time in every answer, in s. */
let finish: number | undefined

const success = (result: unknown) => ({ isSuccess: true, getErrors: () => [], getData: () => ({ result, time: { finish } }) })

/** The frame of a portal that answers the one REST call of the start. */
const frame = {
  auth: { getUniq: (prefix: string) => prefix },
  actions: { v2: { batch: { make: () => Promise.resolve({ isSuccess: true, getData: () => ({ profile: success({ ID: '1' }), config: success(answered) }) }) } } },
}

/** What of the SDK's pull client the link touches: as there, a connected client that is told to connect does nothing. */
class PullClient {
  static created: PullClient[] = []
  session: { mid: string | null, tag: string | null, time: string | null } = { mid: null, tag: null, time: null }
  /** The id that the server was asked to go on from. */
  askedFrom: string | null = null
  connector: { connected: boolean, socket: null } | null = null
  isDestroyed = false
  /** How often it has been connected. */
  connects = 0
  config: typeof config | null = null
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
    this.askedFrom = this.session.mid
    this.connects++
    this.connector = { connected: true, socket: null }
    this.status = 'online'
  }

  /** The socket opens. */
  open() {
    this.connector = { connected: true, socket: null }
    this.status = 'online'
  }

  /** The socket ends, opened or not, and the SDK wants to try again. */
  fail() {
    this.connector = null
    this.status = 'offline'
    ;(this as unknown as { scheduleReconnect: () => void }).scheduleReconnect()
  }

  async start(given: typeof config) {
    this.config = given
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
  getConfig = () => this.config
  getServerVersion = () => config.server.version
}
for (const name of [
  'onIncomingMessage', 'onWebSocketDisconnect', 'broadcastMessage', 'reconnect', 'restart', 'scheduleReconnect',
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
    onOpened(token, _, gap) {
      supervisor.opened(token)
      if (gap) onGap(gap)
    },
    onLost: (token, reason, wait) => supervisor.lost(token, reason, wait),
    onFailed: (token, reason) => supervisor.failed(token, reason),
    onLateFrame: () => {},
    onWake: () => supervisor.wake(),
    onWarning,
  })
  // No chance: the ladder's steps without their random part.
  const supervisor = createSupervisor(link, () => {}, () => 0)
  onTestFinished(supervisor.stop)
  supervisor.start()
  return { supervisor, link, onGap }
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
  answered = config
  finish = undefined
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

describe('a start in which something throws', () => {
  it('tells what, without secrets, and is made again', async () => {
    const token = '1f2e3d4c005a6b7c0000000100000001f0f1d2c3'
    vi.spyOn(PullClient.prototype, 'start').mockRejectedValueOnce(new TypeError(`x is not a function, auth=${token}`))
    onTestFinished(() => void vi.restoreAllMocks())
    const { supervisor } = start()
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state.reason).toMatchObject({ code: 'CONNECTION_LOST', cause: { name: 'TypeError', message: 'x is not a function, auth=***' } })
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
  })
})

describe('a machine whose clock is 2 h ahead of the server\'s', () => {
  const AHEAD = 2 * HOUR

  /** Connected by a configuration that lives for 12 h from now, and cut after so many hours. */
  async function cutAfter(hours: number) {
    const server = Date.now() - AHEAD
    finish = server / 1000
    answered = { ...config, channels: { private: { id: 'private', end: new Date(server + 12 * HOUR).toISOString() } } } as typeof config
    await connect()
    const [client] = PullClient.created
    // The decision is ours here, and not the test's.
    delete (client as Partial<PullClient>).isConfigActual
    await vi.advanceTimersByTimeAsync(hours * HOUR)
    client!.fail()
    await vi.advanceTimersByTimeAsync(200)
    return PullClient.created.length
  }

  it('goes on with its configuration for as long as it lives by the server\'s time', async () => {
    expect(await cutAfter(11)).toBe(1)
  })

  it('asks for another one once it has ended', async () => {
    expect(await cutAfter(13)).toBe(2)
  })
})

describe('a connection that is found dead', () => {
  it('is connected anew, though the SDK takes it for alive', async () => {
    const { supervisor } = await connect()
    await vi.advanceTimersByTimeAsync(20_000)
    vi.setSystemTime(Date.now() + HOUR)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state.status).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created.map(({ connects }) => connects)).toEqual([2])
  })

  it('is connected anew after a sleep of which the browser says nothing', async () => {
    const { supervisor } = await connect()
    vi.setSystemTime(Date.now() + HOUR)
    await vi.advanceTimersByTimeAsync(15_000)
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created.map(({ connects }) => connects)).toEqual([2])
  })

  it('is connected anew as soon as the network is back, once the browser has said that it was gone', async () => {
    const { supervisor, onGap } = await connect()
    PullClient.created[0]!.session.mid = '42'
    window.dispatchEvent(new Event('offline'))
    await vi.advanceTimersByTimeAsync(1000)
    // The browser may be wrong: until the next wake nothing is given up.
    expect(supervisor.state.status).toBe('connected')
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state).toMatchObject({ status: 'reconnecting', reason: { code: 'CONNECTION_LOST' } })
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created[0]!.askedFrom).toBe('42')
    expect(onGap).not.toHaveBeenCalled()
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(200)
    expect(PullClient.created.map(({ connects }) => connects)).toEqual([2])
  })

  it('is no gap where the next one goes on from the last message', async () => {
    const { supervisor, onGap } = await connect()
    PullClient.created[0]!.session.mid = '42'
    vi.setSystemTime(Date.now() + HOUR)
    supervisor.wake()
    await vi.advanceTimersByTimeAsync(200)
    expect(supervisor.state.status).toBe('connected')
    expect(onGap).not.toHaveBeenCalled()
  })
})

describe('a connection that takes the place of another', () => {
  const lost = 20_000

  /** Connected, with a last message, and lost; the configuration is asked for anew and answered with this one. */
  async function replaceBy(next: typeof config) {
    const all = await connect()
    const first = PullClient.created[0]!
    first.session.mid = '42'
    await vi.advanceTimersByTimeAsync(lost)
    answered = next
    first.isConfigActual = () => false
    first.disconnect()
    await vi.advanceTimersByTimeAsync(200)
    expect(all.supervisor.state.status).toBe('connected')
    return { ...all, second: PullClient.created[1]! }
  }

  it('goes on from the last message at the same server', async () => {
    const { second, onGap } = await replaceBy(config)
    expect(second.askedFrom).toBe('42')
    expect(onGap).not.toHaveBeenCalled()
  })

  it.each([
    ['server-changed', 'another version', { ...config, server: { ...config.server, version: 5 } }],
    ['server-changed', 'another host', { ...config, server: { ...config.server, websocket: 'ws://other.example/socket' } }],
    ['channel-changed', 'another channel', { ...config, channels: { private: { id: 'other' } } }],
  ])('tells the gap %s at %s, and shows the old id to nobody', async (cause, _, next) => {
    const { second, onGap } = await replaceBy(next)
    expect(second.askedFrom).toBeNull()
    expect(onGap).toHaveBeenCalledExactlyOnceWith({ cause, from: expect.any(Number), to: expect.any(Number) })
    const [{ from, to }] = onGap.mock.calls[0]!
    expect(to - from).toBeGreaterThanOrEqual(lost)
  })

  it('shows the old id to nobody where the channel is replaced in the configuration at hand', async () => {
    const { onGap } = await connect()
    const [client] = PullClient.created
    client!.session.mid = '42'
    client!.config = { ...config, channels: { private: { id: 'other' } } }
    client!.disconnect()
    await vi.advanceTimersByTimeAsync(200)
    expect(client!.askedFrom).toBeNull()
    expect(onGap).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ cause: 'channel-changed' }))
  })

  it('begins where the channel did, which may have changed long before the page came to know', async () => {
    const { onGap } = await connect()
    const connectedAt = Date.now()
    const [client] = PullClient.created as unknown as { onIncomingMessage: (frame: string) => void, disconnect: () => void, config: object, session: { mid: string } }[]
    await vi.advanceTimersByTimeAsync(1000)
    client!.onIncomingMessage('#!NGINXNMS!#{"mid":"1","text":{"module_id":"application","command":"ping","params":{}}}#!NGINXNME!#')
    client!.session.mid = '1'
    // Back on the channel before, on which nothing comes any more.
    await vi.advanceTimersByTimeAsync(20_000)
    client!.disconnect()
    await vi.advanceTimersByTimeAsync(20_000)
    client!.config = { ...client!.config, channels: { private: { id: 'other' } } }
    client!.disconnect()
    await vi.advanceTimersByTimeAsync(200)
    expect(onGap).toHaveBeenCalledExactlyOnceWith({ cause: 'channel-changed', from: connectedAt, to: expect.any(Number) })
  })

  it('is no gap where it goes on by long polling', async () => {
    const { onGap } = await replaceBy({ ...config, server: { ...config.server, websocket_enabled: false } })
    expect(onGap).not.toHaveBeenCalled()
  })

  it('tells a gap that neither begins after its end nor in another age where the clock was put back meanwhile', async () => {
    const { onGap } = await connect()
    vi.advanceTimersByTime(lost)
    vi.setSystemTime(Date.now() - 24 * HOUR)
    answered = { ...config, channels: { private: { id: 'other' } } }
    PullClient.created[0]!.isConfigActual = () => false
    PullClient.created[0]!.disconnect()
    await vi.advanceTimersByTimeAsync(200)
    const [{ from, to }] = onGap.mock.calls[0]!
    expect(to).toBe(Date.now() - 100)
    expect(to - from).toBe(lost + 100)
  })
})

describe('a connection that begins where another one stands', () => {
  const place = { identity: identityOf(config as unknown as PullConfig), lastId: '42', tag: null, time: null }

  it('goes on from there', async () => {
    const { link, supervisor, onGap } = start()
    link.startAt({ ...place, from: Date.now() - 1000 })
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state.status).toBe('connected')
    expect(PullClient.created[0]?.askedFrom).toBe('42')
    expect(onGap).not.toHaveBeenCalled()
  })

  it.each([
    ['server-changed', { identity: { ...place.identity, server: 'other' } }],
    ['channel-changed', { identity: { ...place.identity, channels: 'other' } }],
    ['no-id', { lastId: null }],
    ['too-long', { from: 0 }],
  ])('tells the gap %s from the moment on that it was told', async (cause, change) => {
    const { link, onGap } = start()
    link.startAt({ ...place, from: Date.now() - 1000, ...change })
    await vi.advanceTimersByTimeAsync(0)
    expect(onGap).toHaveBeenCalledExactlyOnceWith({ cause, from: 'from' in change ? change.from : Date.now() - 1000, to: Date.now() })
  })

  it('takes a moment that is yet to come for unknown', async () => {
    const { link, onGap } = start()
    link.startAt({ ...place, lastId: null, from: Date.now() + HOUR })
    await vi.advanceTimersByTimeAsync(0)
    expect(onGap).toHaveBeenCalledExactlyOnceWith({ cause: 'no-id', from: Date.now(), to: Date.now() })
  })

  it('says where it stands, while connected and after', async () => {
    const { link, supervisor } = await connect()
    PullClient.created[0]!.session.mid = '43'
    expect(link.place).toEqual({ ...place, lastId: '43', from: Date.now() })
    supervisor.stop()
    expect(link.place).toMatchObject({ ...place, lastId: '43' })
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

  it('warns of a pull client that somebody else starts, and of none of its own', async () => {
    const onWarning = vi.fn()
    const { supervisor } = start({ onWarning })
    await vi.advanceTimersByTimeAsync(0)
    expect(supervisor.state.status).toBe('connected')
    expect(onWarning).not.toHaveBeenCalled()
    await new PullClient().start(config)
    expect(onWarning).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'SECOND_CLIENT' }))
    supervisor.stop()
    await new PullClient().start(config)
    expect(onWarning).toHaveBeenCalledOnce()
  })

  it.each([
    'onIncomingMessage', 'onWebSocketDisconnect', 'broadcastMessage', 'reconnect', 'restart', 'scheduleReconnect', 'scheduleRestart', 'onBeforeUnload',
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

/** What stands between the page and a connection: each attempt ends by it, `lasts` ms after it began. */
const ways: Record<string, { lasts: number, play: (client: PullClient) => void }> = {
  refused: { lasts: 0, play: client => client.fail() },
  swallowed: { lasts: 45_000, play: () => {} },
  closed: { lasts: 0, play: (client) => {
    client.open()
    client.fail()
  } },
}

class HinderedClient extends PullClient {
  static plan: string[] = []

  // Its own, as in the SDK.
  override get status() {
    return super.status
  }

  override set status(word: string) {
    super.status = word
  }

  override async connect() {
    const way = HinderedClient.plan.shift()
    if (way === undefined) return super.connect()
    ways[way]!.play(this)
    return new Promise<void>(() => {})
  }
}

/** For each of these failed attempts: how it stands then, and how many configurations have been asked for. */
async function play(plan: readonly string[]) {
  const make = vi.spyOn(frame.actions.v2.batch, 'make')
  HinderedClient.plan = [...plan]
  const { supervisor } = start({ Client: HinderedClient })
  const ends: ContractEnd[] = []
  for (const way of plan) {
    await vi.advanceTimersByTimeAsync(ways[way]!.lasts)
    const { attempt, nextRetryAt } = supervisor.state
    const nextIn = nextRetryAt! - Date.now()
    ends.push({ attempt, nextIn, configs: make.mock.calls.length })
    await vi.advanceTimersByTimeAsync(nextIn)
  }
  const { status } = supervisor.state
  supervisor.stop()
  make.mockRestore()
  return { ends, status }
}

describeEnds('the SDK adapter', Object.keys(ways), play)
