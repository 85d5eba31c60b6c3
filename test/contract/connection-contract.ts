import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PullGap, PullStatus, PullTransport } from '../../src/runtime/types'

/** A message as the suite sees it: what survives a page boundary. */
export interface ContractMessage {
  module: string
  command: string
  params: Record<string, unknown>
}

/** An event as a back end sends it; `params` as the wire may carry them. */
export interface ContractEvent {
  module: string
  command: string
  params?: unknown
}

/** What a watcher of a user was told. */
export interface ContractPresence {
  /** Which watch was told: the answer of `watchUser`. */
  watch: number
  /** s */
  lastSeen: number | null
  /** Code of the error. */
  error: string | null
}

/** What is known of the page: the part of a session that survives a page boundary. */
export interface ContractSession {
  userId: number | null
  transport: PullTransport | null
}

/** How a REST call ended. */
export type ContractAnswer = { result: unknown } | { error: string }

/** A method that is answered with its own params. */
export const ECHO = 'contract.echo'
/** A method that is refused by the portal with 403 and {@link REFUSAL}. */
export const REFUSE = 'contract.refuse'
export const REFUSAL = 'NOT_ALLOWED_HERE'

/**
 * One connection under test, and the server at its other end.
 *
 * Every method is asynchronous, so that the connection may live in another process: in a page of a browser, say.
 * One listener for each of status, session, messages and gaps is there from the beginning.
 */
export interface ConnectionDriver {
  start: () => Promise<void>
  stop: () => Promise<void>
  reconnect: () => Promise<void>
  /** The words of the status so far, one per change, beginning with the one before the start. */
  statuses: () => Promise<PullStatus[]>
  /** What the listener has heard so far. */
  messages: () => Promise<ContractMessage[]>
  gaps: () => Promise<PullGap[]>
  /** What is known now. */
  session: () => Promise<ContractSession>
  /** What the listener of the session was told so far. */
  sessions: () => Promise<ContractSession[]>
  /** Calls a REST method; the error is the code of a `PullError`. */
  call: (method: string, params: Record<string, unknown>) => Promise<ContractAnswer>
  /** Ends the listener of messages. */
  unsubscribe: () => Promise<void>
  /** Watches a user's presence, and names the watch. */
  watchUser: (userId: number) => Promise<number>
  unwatch: (watch: number) => Promise<void>
  /** What watchers were told so far. */
  presences: () => Promise<ContractPresence[]>
  /** Sends an event from the server's side. Resolves when the server has taken it, whoever is connected. */
  emit: (event: ContractEvent) => Promise<void>
  /** How many connections the server has. */
  connections: () => Promise<number>
  /** The server drops the connection; it stays reachable. */
  cut: () => Promise<void>
  /** The server drops it, and will not be able to tell what was missed. */
  cutWithGap: () => Promise<void>
  /** Resolves when the present status is this one. */
  waitForStatus: (status: PullStatus) => Promise<void>
  /** Resolves when all that was sent or begun would have arrived, if it is to arrive at all. */
  settle: () => Promise<void>
  /** Ends the connection and whatever it lives in. */
  close: () => Promise<void>
}

const MODULE = 'application'

/** A user of the portal who is online: the one whose page the connection is in. */
const USER = 1

/**
 * What every `PullConnection` must do.
 *
 * @param name of the connection, for the titles
 * @param setup makes a connection that has not been started, with a server that has a history
 * @param options
 * @param options.transport by which it connects
 * @param options.hasPresence whether the server tells of users' comings and goings; where it does not, watchers are told so
 */
export function describeConnection(name: string, setup: () => Promise<ConnectionDriver>, { transport = 'websocket' as PullTransport, hasPresence = true } = {}): void {
  describe(`${name}, as a connection`, () => {
    let driver: ConnectionDriver

    beforeEach(async () => {
      driver = await setup()
    })
    afterEach(async () => {
      await driver.close()
    })

    const send = (id: number, change: Partial<ContractEvent> = {}) => driver.emit({ module: MODULE, command: 'ping', params: { id }, ...change })
    const ids = async () => (await driver.messages()).map(({ params }) => params.id)
    const hears = (expected: unknown[]) => expect.poll(ids).toEqual(expected)

    /** Over long polling there is none for a moment between two polls. */
    const hasConnections = (count: number) => expect.poll(driver.connections).toBe(count)

    async function connect(): Promise<void> {
      await driver.start()
      await driver.waitForStatus('connected')
    }

    describe('starting', () => {
      it('is idle before it is started', async () => {
        expect(await driver.statuses()).toEqual(['idle'])
      })

      it('goes from connecting to connected', async () => {
        await connect()
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected'])
      })

      it('is one connection when it is started twice', async () => {
        await driver.start()
        await driver.start()
        await driver.waitForStatus('connected')
        await send(1)
        await hears([1])
        await driver.settle()
        expect(await ids()).toEqual([1])
        await hasConnections(1)
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected'])
      })

      it('stays as it is when it is started while connected', async () => {
        await connect()
        await driver.start()
        await send(1)
        await hears([1])
        await hasConnections(1)
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected'])
      })
    })

    describe('messages', () => {
      it('come in order, each once', async () => {
        const expected = Array.from({ length: 20 }, (_, i) => i)
        await connect()
        for (const id of expected) await send(id)
        await hears(expected)
        await driver.settle()
        expect(await ids()).toEqual(expected)
      })

      it('have their module in lower case and their command as it was sent', async () => {
        await connect()
        await send(1, { module: 'CRM', command: 'dealUpdate' })
        await hears([1])
        expect(await driver.messages()).toMatchObject([{ module: 'crm', command: 'dealUpdate' }])
      })

      it.each([
        ['an object', { name: 'a', list: [1] }, { name: 'a', list: [1] }],
        ['an empty PHP array', [], {}],
        ['a list', ['a'], { 0: 'a' }],
      ])('have an object as params where the server sent %s', async (_, params, expected) => {
        await connect()
        await send(1, { params })
        await expect.poll(driver.messages).toMatchObject([{ params: expected }])
      })

      it('do not reach a listener that has unsubscribed', async () => {
        await connect()
        await send(1)
        await hears([1])
        await driver.unsubscribe()
        await send(2)
        await driver.settle()
        expect(await ids()).toEqual([1])
      })
    })

    describe('stopping', () => {
      it('ends in closed, and nothing arrives any more', async () => {
        await connect()
        await send(1)
        await hears([1])
        await driver.stop()
        await send(2)
        await driver.settle()
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected', 'closed'])
        expect(await ids()).toEqual([1])
        await hasConnections(0)
      })

      it('does nothing before the start', async () => {
        await driver.stop()
        await driver.settle()
        expect(await driver.statuses()).toEqual(['idle'])
      })

      it('ends in closed when it comes during the start', async () => {
        await driver.start()
        await driver.stop()
        await driver.settle()
        expect((await driver.statuses()).at(-1)).toBe('closed')
        await send(1)
        await driver.settle()
        expect(await ids()).toEqual([])
      })

      it('ends in closed when it comes right after a cut', async () => {
        await connect()
        await driver.cut()
        await driver.stop()
        await driver.settle()
        expect((await driver.statuses()).at(-1)).toBe('closed')
      })

      it('can be followed by a start, after which messages come again', async () => {
        await connect()
        await driver.stop()
        await connect()
        await send(1)
        await hears([1])
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected', 'closed', 'connecting', 'connected'])
      })

      it('can be followed by a start at once', async () => {
        await driver.start()
        await driver.stop()
        await connect()
        await send(1)
        await hears([1])
        await driver.settle()
        await hasConnections(1)
      })
    })

    describe('coming back', () => {
      it('says that it is reconnecting after a cut, and is connected again by itself', async () => {
        await connect()
        await send(1)
        await hears([1])
        await driver.cut()
        await expect.poll(driver.statuses).toEqual(['idle', 'connecting', 'connected', 'reconnecting', 'connected'])
      })

      it('goes on with the messages after a cut, none lost, none twice, and no gap', async () => {
        await connect()
        await send(1)
        await hears([1])
        await driver.cut()
        await send(2)
        await expect.poll(driver.statuses).toContain('reconnecting')
        await driver.waitForStatus('connected')
        await send(3)
        await hears([1, 2, 3])
        expect(await driver.gaps()).toEqual([])
      })

      it('tells of a gap, once, where the server cannot go on from where it was', async () => {
        await connect()
        await send(1)
        await hears([1])
        const before = Date.now()
        await driver.cutWithGap()
        await expect.poll(driver.statuses).toEqual(['idle', 'connecting', 'connected', 'reconnecting', 'connected'])
        await send(2)
        await hears([1, 2])
        const gaps = await driver.gaps()
        expect(gaps).toEqual([{ cause: expect.any(String), from: expect.any(Number), to: expect.any(Number) }])
        expect(gaps[0]!.from).toBeLessThanOrEqual(gaps[0]!.to)
        expect(gaps[0]!.to).toBeGreaterThanOrEqual(before)
      })

      it('keeps a living connection when it is asked to reconnect', async () => {
        await connect()
        await driver.reconnect()
        await send(1)
        await hears([1])
        await driver.settle()
        expect(await driver.statuses()).toEqual(['idle', 'connecting', 'connected'])
      })

      it.each(['idle', 'closed'])('does not start by being asked to reconnect while %s', async (status) => {
        if (status === 'closed') {
          await connect()
          await driver.stop()
        }
        const before = await driver.statuses()
        await driver.reconnect()
        await driver.settle()
        expect(await driver.statuses()).toEqual(before)
      })
    })

    describe('the session', () => {
      const nobody = { userId: null, transport: null }

      it('is empty before the start', async () => {
        expect(await driver.session()).toEqual(nobody)
        expect(await driver.sessions()).toEqual([])
      })

      it('says who the user is and how the page is connected', async () => {
        await connect()
        expect(await driver.session()).toEqual({ userId: USER, transport })
      })

      it('keeps the user and loses the transport when it is stopped', async () => {
        await connect()
        await driver.stop()
        expect(await driver.session()).toEqual({ userId: USER, transport: null })
      })

      it('is told at every change of the transport: connected, cut, connected again', async () => {
        await connect()
        await send(1)
        await hears([1])
        await driver.cut()
        await expect.poll(driver.statuses).toContain('reconnecting')
        await driver.waitForStatus('connected')
        const transports = (await driver.sessions()).map(session => session.transport)
        expect(transports.filter((one, i) => one !== (transports[i - 1] ?? null))).toEqual([transport, null, transport])
        expect((await driver.sessions()).at(-1)).toEqual(await driver.session())
      })
    })

    describe('a REST call', () => {
      const params = { id: '42', fields: { title: 'a' } }

      it('is answered with the result', async () => {
        await connect()
        expect(await driver.call(ECHO, params)).toEqual({ result: params })
      })

      it('is answered where it is made during the start', async () => {
        await driver.start()
        expect(await driver.call(ECHO, params)).toEqual({ result: params })
      })

      it('is answered while the connection is cut', async () => {
        await connect()
        await driver.cut()
        expect(await driver.call(ECHO, params)).toEqual({ result: params })
      })

      it('is rejected with a PullError where the portal refuses it', async () => {
        await connect()
        expect(await driver.call(REFUSE, params)).toEqual({ error: 'REST_FAILED' })
      })

      it('is rejected before the start, which it does not bring about', async () => {
        expect(await driver.call(ECHO, params)).toEqual({ error: 'NOT_READY' })
        expect(await driver.statuses()).toEqual(['idle'])
      })
    })

    describe('watching a user', () => {
      const known = hasPresence ? { lastSeen: 0, error: null } : { lastSeen: null, error: 'PRESENCE_UNAVAILABLE' }
      const tells = (watches: number[]) => expect.poll(driver.presences).toEqual(watches.map(watch => ({ watch, ...known })))

      it('tells what is known once there is a connection', async () => {
        const watch = await driver.watchUser(USER)
        await driver.settle()
        expect(await driver.presences()).toEqual([])
        await connect()
        await tells([watch])
      })

      it('tells who watches later at once, and nobody else again', async () => {
        await connect()
        const first = await driver.watchUser(USER)
        await tells([first])
        const other = await driver.watchUser(USER + 1)
        await expect.poll(async () => (await driver.presences()).map(({ watch }) => watch)).toEqual([first, other])
      })

      it('tells again after a cut, and nobody who has stopped watching', async () => {
        await connect()
        const first = await driver.watchUser(USER)
        await tells([first])
        const second = await driver.watchUser(USER + 1)
        await expect.poll(driver.presences).toHaveLength(2)
        await driver.unwatch(second)
        await driver.cut()
        await expect.poll(driver.statuses).toContain('reconnecting')
        await driver.waitForStatus('connected')
        await expect.poll(async () => (await driver.presences()).map(({ watch }) => watch)).toEqual([first, second, first])
      })
    })
  })
}

/** A connection after an attempt that has failed. */
export interface ContractEnd {
  /** Which retry is next. */
  attempt: number
  /** ms until it, without chance. */
  nextIn: number
  /** How many configurations the portal has been asked for so far. */
  configs: number
}

/**
 * Every way in which an attempt can end is one way: so many of one behave as so many of any other, and in any mixture.
 *
 * @param name of the connection
 * @param ways the words for them
 * @param play starts a connection whose attempts end in these ways, one after the other, before one succeeds
 */
export function describeEnds(name: string, ways: readonly string[], play: (plan: readonly string[]) => Promise<{ ends: ContractEnd[], status: PullStatus }>): void {
  describe(`every way in which an attempt of ${name} ends`, () => {
    it.each(ways)('counts alike: eight that were %s, and from the third on a fresh configuration each', async (way) => {
      const { ends, status } = await play(Array.from({ length: 8 }, () => way))
      expect(ends.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(ends.map(({ nextIn }) => nextIn)).toEqual([100, 15_000, 45_000, 45_000, 45_000, 600_000, 600_000, 600_000])
      expect(ends.map(({ configs }) => configs)).toEqual([1, 1, 1, 2, 3, 4, 5, 6])
      expect(status).toBe('connected')
    })

    it('counts alike in any mixture', async () => {
      const plans = fc.array(fc.constantFrom(...ways), { minLength: 1, maxLength: 7 })
      await fc.assert(fc.asyncProperty(plans, async (plan) => {
        expect(await play(plan)).toEqual(await play(plan.map(() => ways[0]!)))
      }), { numRuns: 40 })
    })
  })
}
