import type { B24Frame } from '@bitrix24/b24jssdk'
import type { Carrier } from '../../src/runtime/app/client/shared/carrier'
import { createSharedConnection } from '../../src/runtime/app/client/shared/connection'
import type { SharedParts } from '../../src/runtime/app/client/shared/parts'
import { createLeaderLock } from '../../src/runtime/app/client/shared/lock'
import { readWire } from '../../src/runtime/app/client/shared/read-wire'
import { initialState, toStatusChange } from '../../src/runtime/app/client/retry/status-change'
import { nextState } from '../../src/runtime/app/client/retry/status-machine'
import type { StatusEvent } from '../../src/runtime/app/client/retry/status-machine'
import { judgeContinuity } from '../../src/runtime/app/client/sdk/continuity'
import type { ReceivedMessage } from '../../src/runtime/app/client/sdk/connection'
import type { Place } from '../../src/runtime/app/client/sdk/place'
import type { RecentIds } from '../../src/runtime/app/client/wire/recent-ids'
import type { PullConnection, PullGap, PullMessage, PullPresence, PullSession, PullStatusChange } from '../../src/runtime/types'
import { createEmitter } from '../../src/runtime/utils/emitter'
import { createLogger } from '../../src/runtime/utils/logger'
import { settle } from './settle'

/**
 * A browser with frames of one app, and the push server they connect to: in one process, and in whatever order of events. What goes
 * over a pipe (the channel to a frame, its socket, the answers about its locks) arrives in its order; between pipes any order may come.
 */
export interface FrameWorld {
  /** Opens a frame; its connection is not started. */
  open: () => WorldFrame
  /** The server sends a message, and keeps it. */
  emit: (event?: { module?: string, command?: string, params?: unknown, hasId?: boolean }) => void
  /** Cuts every socket. */
  cut: () => void
  /** Connects the frames to another channel from their next connection on: what was missed cannot be told. */
  changeChannel: () => void
  readonly sockets: number
  /** Posts whatever is given to every frame, as a script of the same origin can. */
  inject: (data: unknown) => void
  /** One event of those that are due. Answers whether there was one. */
  step: () => Promise<boolean>
  /** All that is due. */
  run: () => Promise<void>
  /** All that is due, with less care for what comes between. */
  runFast: () => Promise<void>
  /** Ends what the frames, the dead ones too, have left behind. */
  close: () => void
}

export interface WorldFrame {
  connection: PullConnection
  messages: PullMessage[]
  gaps: PullGap[]
  /** The page is gone, without a word. */
  kill: () => void
  /** Where the server cannot be reached: an attempt of this frame fails. */
  fail: (event: StatusEvent) => void
  steal: () => void
  isAlive: boolean
}

interface Pipe { owner: number, queue: (() => void)[] }
interface Claim { client: number, name: string, grant: (lock: object | null) => void, reject: (error: Error) => void }

export interface FrameWorldOptions {
  /** From 0 to 1; by default events come in the order in which they were caused. */
  random?: () => number
  /** Whether the page may have locks. */
  hasLocks?: boolean
  /** Told of what frames post. */
  onPost?: (message: unknown) => void
}

export function createFrameWorld({ random, hasLocks = true, onPost }: FrameWorldOptions = {}): FrameWorld {
  const pipes: Pipe[] = []
  const frames: (WorldFrame & { hear: (data: unknown) => void, isOpen: boolean })[] = []
  const history: { id: string | null, message: PullMessage }[] = []
  const sockets = new Set<{ channels: string, receive: (entry: { id: string | null, message: PullMessage }) => void, lose: () => void }>()
  let channels = 'c1'
  let lastId = 0

  /** @param owner the frame at the receiving end: with it, the pipe is gone */
  function pipe(owner: number): (event: () => void) => void {
    const made: Pipe = { owner, queue: [] }
    pipes.push(made)
    return event => void made.queue.push(event)
  }

  // Locks: one queue and one holder for each name.
  const held = new Map<string, Claim>()
  const pending: Claim[] = []

  function grantNext(name: string): void {
    if (held.has(name)) return
    const next = pending.findIndex(claim => claim.name === name)
    if (next < 0) return
    const [claim] = pending.splice(next, 1)
    held.set(name, claim!)
    claim!.grant({})
  }

  function giveUp(claim: Claim): void {
    const at = pending.indexOf(claim)
    if (at >= 0) pending.splice(at, 1)
    if (held.get(claim.name) === claim) held.delete(claim.name)
    grantNext(claim.name)
  }

  function locksOf(client: number): LockManager {
    const answer = pipe(client)
    const info = ({ client, name }: Claim) => ({ clientId: `client-${client}`, name, mode: 'exclusive' as const })
    return {
      query: () => hasLocks
        ? new Promise(resolve => answer(() => resolve({ held: [...held.values()].map(info), pending: pending.map(info) })))
        : Promise.reject(new Error('SecurityError')),
      request: (name: string, options: LockOptions, callback: (lock: Lock | null) => unknown) => new Promise((resolve, reject) => {
        if (!hasLocks) return reject(new Error('SecurityError'))
        const claim: Claim = {
          client,
          name,
          grant: lock => answer(() => {
            Promise.resolve(callback(lock as Lock | null)).then((value) => {
              if (lock) giveUp(claim)
              resolve(value as never)
            }, reject)
          }),
          reject: error => answer(() => reject(error)),
        }
        options.signal?.addEventListener('abort', () => {
          if (!pending.includes(claim)) return
          giveUp(claim)
          reject(new Error('AbortError'))
        })
        if (options.ifAvailable && held.has(name)) return claim.grant(null)
        if (options.steal) {
          held.get(name)?.reject(new Error('AbortError'))
          held.set(name, claim)
          return claim.grant({})
        }
        pending.push(claim)
        grantNext(name)
      }),
    } as LockManager
  }

  function carrierOf(client: number, ids: RecentIds, begin: (frame: B24Frame) => Promise<unknown>): Carrier & { fail: (event: StatusEvent) => void } {
    const received = createEmitter<ReceivedMessage>()
    const statuses = createEmitter<PullStatusChange>()
    const sessions = createEmitter<PullSession>()
    const gaps = createEmitter<PullGap>()
    const arrive = pipe(client)
    const watches = new Set<{ tell: (presence: PullPresence) => void }>()
    let state = initialState
    let session: PullSession = { frame: null, userId: null, transport: null, role: null }
    let place: Place | null = null
    let attempt = 0
    let socket: (typeof sockets extends Set<infer S> ? S : never) | null = null

    function setSession(change: Partial<PullSession>): void {
      session = { ...session, ...change }
      sessions.emit(session)
    }

    function step(event: StatusEvent): void {
      const previous = state
      state = nextState(state, event)
      if (state === previous) return
      if (state.status !== 'connected' && session.transport) setSession({ transport: null })
      statuses.emit(toStatusChange(previous, state))
    }

    function close(): void {
      attempt++
      if (socket) sockets.delete(socket)
      socket = null
    }

    async function open(): Promise<void> {
      close()
      const mine = attempt
      const frame = session.frame ?? { client } as unknown as B24Frame
      if (!session.frame) setSession({ frame })
      await new Promise<void>(resolve => arrive(resolve))
      if (mine !== attempt) return
      await begin(frame)
      if (mine !== attempt) return
      const made = socket = { channels, receive, lose: () => arrive(() => made === socket && lose()) }
      sockets.add(made)
      const before = place
      const now = { server: '5 push', channels }
      place = { identity: now, lastId: before?.identity.channels === channels ? before.lastId : null, tag: null, time: null, from: 0 }
      const from = place.lastId
      arrive(() => {
        if (made !== socket) return
        setSession({ transport: 'websocket', userId: 1 })
        step({ type: 'opened' })
        for (const { tell } of [...watches]) tell({ lastSeen: 0, error: null })
        const cause = before && judgeContinuity({ lastId: before.lastId, before: before.identity, now, away: 0, resumeLimit: 1 })
        if (cause) gaps.emit({ cause, from: 0, to: 0 })
      })
      const known = from === null ? -1 : history.findIndex(({ id }) => id === from)
      if (known >= 0) history.slice(known + 1).forEach(receive)
    }

    function receive(entry: { id: string | null, message: PullMessage }): void {
      const mine = attempt
      arrive(() => {
        if (mine !== attempt) return
        if (entry.id && place) place = { ...place, lastId: entry.id }
        if (entry.id === null || ids.add(entry.id)) received.emit({ id: entry.id, message: { ...entry.message } })
      })
    }

    function lose(): void {
      close()
      const reason = { code: 'CONNECTION_LOST', message: 'cut', why: 'The test cut it.', fix: 'Nothing.' } as never
      step({ type: 'lost', reason, attempt: 1, nextRetryAt: 0 })
      arrive(() => {
        if (state.status === 'reconnecting') void open()
      })
    }

    return {
      get state() {
        return state
      },
      get session() {
        return session
      },
      get place() {
        return place
      },
      startAt: next => void (place = next),
      start() {
        if (state.status !== 'idle' && state.status !== 'closed' && state.status !== 'failed') return
        step({ type: 'start' })
        void open()
      },
      stop() {
        close()
        step({ type: 'stop' })
      },
      wake() {},
      onReceived: received.on,
      onStatus: statuses.on,
      onSession: sessions.on,
      onGap: gaps.on,
      watchUser(_, tell) {
        const watch = { tell }
        watches.add(watch)
        if (state.status === 'connected') arrive(() => watches.has(watch) && tell({ lastSeen: 0, error: null }))
        return () => void watches.delete(watch)
      },
      call: async (_, params) => params,
      fail(event) {
        close()
        step(event)
      },
    }
  }

  function open(): WorldFrame {
    const client = frames.length
    const hearing = pipe(client)
    const locks = locksOf(client)
    let onMessage: ((data: unknown) => void) | null = null
    let carrier: ReturnType<typeof carrierOf> | undefined
    let steal = () => {}

    const parts: SharedParts = {
      createCarrier: options => carrier = carrierOf(client, options.ids!, options.begin!),
      askOwner: async () => {
        await new Promise<void>(resolve => hearing(resolve))
        return { userId: 1, name: hasLocks ? 'name' : null, config: null }
      },
      loadConfig: async () => ({}) as never,
      createLock(name, events) {
        const lock = createLeaderLock(name, events, locks)
        steal = lock.steal
        return lock
      },
      openChannel(_, listener) {
        onMessage = (data) => {
          const message = readWire(data)
          if (message) listener(message)
        }
        return {
          post(message) {
            if (!frame.isAlive || !onMessage) return
            onPost?.(message)
            broadcast(client, structuredClone(message))
          },
          close: () => void (onMessage = null),
        }
      },
    }
    const connection = createSharedConnection({ prefix: 'p', modules: [], resumeLimit: 1, portalHint: null, logger: createLogger('silent') }, parts)
    const frame: (typeof frames)[number] = {
      connection,
      messages: [],
      gaps: [],
      isAlive: true,
      isOpen: true,
      hear: data => hearing(() => onMessage?.(data)),
      steal: () => steal(),
      fail: event => carrier?.fail(event),
      kill() {
        frame.isAlive = false
        onMessage = null
        carrier?.stop()
        for (const one of pipes) if (one.owner === client) one.queue = []
        for (let i = pipes.length; i--;) if (pipes[i]!.owner === client) pipes.splice(i, 1)
        for (const claim of [...pending, ...held.values()]) if (claim.client === client) giveUp(claim)
      },
    }
    connection.onMessage(message => frame.isAlive && frame.messages.push(message))
    connection.onGap(gap => frame.isAlive && frame.gaps.push(gap))
    frames.push(frame)
    return frame
  }

  function broadcast(from: number, data: unknown): void {
    frames.forEach((frame, client) => {
      if (client !== from && frame.isAlive) frame.hear(structuredClone(data))
    })
  }

  async function step(): Promise<boolean> {
    const due = pipes.filter(({ queue }) => queue.length)
    if (!due.length) return false
    due[Math.floor((random?.() ?? 0) * due.length)]!.queue.shift()!()
    await settle()
    return true
  }

  return {
    open,
    emit({ module = 'application', command = 'ping', params = {}, hasId = true } = {}) {
      const entry = {
        id: hasId ? `m${++lastId}` : null,
        message: { module: module.toLowerCase(), command, params: params as PullMessage['params'], extra: {}, type: 'server' as const, receivedAt: 0, source: 'push' as const },
      }
      if (hasId) history.push(entry)
      for (const socket of sockets) if (socket.channels === channels) socket.receive(entry)
    },
    cut() {
      for (const socket of [...sockets]) socket.lose()
    },
    changeChannel: () => void (channels = `c${channels}`),
    get sockets() {
      return sockets.size
    },
    inject: data => broadcast(-1, data),
    step,
    async run() {
      await settle()
      while (await step()) { /* until nothing is due */ }
    },
    async runFast() {
      do {
        for (const { queue } of pipes) while (queue.length) queue.shift()!()
        await settle()
      } while (pipes.some(({ queue }) => queue.length))
    },
    close() {
      for (const { connection } of frames) connection.stop()
    },
  }
}
