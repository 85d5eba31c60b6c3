import type { B24Frame } from '@bitrix24/b24jssdk'
import type { PullConnection, PullConnectionState, PullGap, PullMessage, Unsubscribe } from '../../../types'
import { createClock, epochNow } from '../../../utils/clock'
import { createEmitter, createTelling } from '../../../utils/emitter'
import { createPageId } from '../../../utils/page-id'
import { initialState } from '../retry/status-change'
import type { SdkConnectionOptions } from '../sdk/connection'
import type { StartConfig } from '../sdk/start-config'
import { RecentIds } from '../wire/recent-ids'
import { createFollower } from './follower'
import type { Follower } from './follower'
import { createEpoch, createInbox, holderOf } from './inbox'
import { createLeader } from './leader'
import type { Leader } from './leader'
import type { LeaderLock } from './lock'
import { watchPageLife } from './page-life'
import { nativeParts } from './parts'
import type { SharedParts } from './parts'
import { createPosition } from './position'
import { createWatches } from './presence'
import { createSeat } from './seat'
import { createView } from './view'

/** After so many attempts in a row without a token it is another frame's turn. */
const TOKEN_ATTEMPTS = 3

/**
 * One connection for all frames of an app in this browser: whoever holds the lock connects, for all others it hands on what comes.
 * Where the page may have no locks, it is a connection of its own.
 */
export function createSharedConnection(options: SdkConnectionOptions, parts: SharedParts = nativeParts): PullConnection {
  const clock = createClock()
  const ids = new RecentIds()
  const position = createPosition(ids)
  const me = createPageId()
  const telling = createTelling()
  const view = createView(telling)
  const messages = createEmitter<PullMessage>(telling)
  const gaps = createEmitter<PullGap>(telling)
  /** Which start this is: what an earlier one was waiting for means nothing. */
  let life = 0
  /** Whether the state of the connection of this frame is that of the whole. */
  let isCarrying = false
  let isAway = false
  let name: string | null = null
  let leader: Leader | null = null
  let follower: Follower | null = null
  /** The browser's name for this page, while it leads. */
  let self: string | null = null
  /** Settles when this frame has told the others that it leads. */
  let leading: Promise<void> = Promise.resolve()
  let stopPageLife: Unsubscribe | null = null

  const carrier = parts.createCarrier({ ...options, ids, begin })
  const watches = createWatches(carrier.watchUser)
  const inbox = createInbox({
    isHolder: async (epoch) => {
      const holder = await seat.lock?.holder()
      return holder !== self && holder === holderOf(epoch)
    },
    onLeader() {
      if (view.session.role === 'leader') follow()
    },
    onMessage: message => follower?.hear(message),
  })

  const seat = createSeat(parts, {
    onGranted: takeOver,
    onStolen: follow,
    onMessage: message => 'epoch' in message ? inbox.hear(message) : leader?.hear(message),
  })

  carrier.onReceived((received) => {
    leader?.send(received)
    messages.emit(received.message)
  })
  carrier.onGap((gap) => {
    leader?.tellGap(gap)
    gaps.emit(gap)
  })
  carrier.onSession(({ frame, userId, transport }) => view.setSession(isCarrying ? { frame, userId, transport } : { frame }))
  carrier.onStatus(() => {
    if (isCarrying) carried(carrier.state)
  })

  // The connection of this frame

  function carried(now: PullConnectionState): void {
    leader?.tellState()
    if (now.status === 'failed') leave()
    view.showAsOwn(now)
    if (leader && now.reason?.code === 'AUTH_EXPIRED' && now.attempt >= TOKEN_ATTEMPTS) void makeWay(seat.lock)
  }

  /** Another frame may have a token that can be renewed. */
  async function makeWay(mine: LeaderLock | null): Promise<void> {
    if (await mine?.isWanted() && mine === seat.lock && leader) follow()
  }

  /** Called by the connection of this frame once it knows its frame: how it shall connect. Where another one leads, it never does. */
  async function begin(frame: B24Frame): Promise<StartConfig> {
    if (view.session.role) {
      await leading
      return parts.loadConfig(frame)
    }
    const mine = ++life
    const asked = name === null ? await parts.askOwner(frame, options.prefix) : { name, userId: view.session.userId!, config: null }
    if (mine !== life) return never()
    name = asked.name
    const role = name === null ? 'solo' : await seat.join(name, () => mine === life)
    if (mine !== life) return never()
    view.setSession({ userId: asked.userId, ...role === 'solo' && { role } })
    if (mine !== life) return never()
    if (role === 'follower') follow()
    if (role === 'leader') await lead()
    if (mine !== life || role === 'follower') return never()
    return asked.config ? { userId: asked.userId, config: asked.config() } : parts.loadConfig(frame)
  }

  // Roles. Whoever is told of one may stop this very connection, so that is the last thing done.

  /** The lock is here. Resolves when the others have been told, before anything else is. */
  function lead(): Promise<void> {
    const mine = seat.lock!
    watches.moveTo(carrier.watchUser)
    if (position.place) carrier.startAt(position.place)
    leading = mine.holder().catch(() => null).then((holder) => {
      if (mine !== seat.lock || view.session.role !== 'leader' || leader) return
      self = holder
      const epoch = createEpoch(holder)
      inbox.leadMyself(epoch)
      leader = createLeader({ epoch, carrier, position, post: seat.post, now: clock.now })
    })
    view.setSession({ role: 'leader' })
    return leading
  }

  function takeOver(): void {
    // It was connected up to now, for the lock passes on at once.
    if (view.state.status === 'connected') position.touch(epochNow())
    endRoles()
    isCarrying = true
    void lead()
    if (view.session.role === 'leader') carrier.start()
  }

  /** Another frame leads. This one waits behind all who wait already. */
  function follow(): void {
    endRoles()
    isCarrying = false
    carrier.stop()
    seat.lock?.wait()
    const mine = follower = createFollower({ from: me, position, post: seat.post, now: clock.now }, {
      onState({ transport, ...next }) {
        view.setSession({ transport })
        if (mine === follower) view.showAsOwn(next)
      },
      onMessage: messages.emit,
      onGap: gaps.emit,
      onBye: lostLeader,
      onDead: () => seat.lock?.steal(),
    })
    watches.moveTo(mine.watch)
    view.setSession({ role: 'follower' })
    lostLeader()
  }

  /** Who leads next is the lock's to say. */
  function lostLeader(): void {
    view.setSession({ transport: null })
    if (follower && view.state.status === 'connected') view.showAsOwn({ ...initialState, status: 'connecting' })
  }

  function endRoles(): void {
    leader?.end()
    follower?.end()
    leader = follower = self = null
  }

  /** Neither leads nor follows any more. */
  function leave(): void {
    life++
    endRoles()
    inbox.forget()
    position.leave()
    seat.leave()
    watches.moveTo(carrier.watchUser)
    view.setSession({ role: null, transport: null })
  }

  // The page

  function goAway(): void {
    if (isAway || view.session.role === 'solo' || view.state.status === 'failed') return
    isAway = true
    isCarrying = false
    leave()
    carrier.stop()
  }

  function comeBack(): void {
    if (!isAway) return
    isAway = false
    isCarrying = true
    carrier.start()
  }

  function start(): void {
    if (view.state.status !== 'idle' && view.state.status !== 'closed' && view.state.status !== 'failed') return
    life++
    view.begin()
    isCarrying = true
    stopPageLife ??= watchPageLife(goAway, comeBack)
    carrier.start()
  }

  function stop(): void {
    if (view.state.status === 'idle' || view.state.status === 'closed') return
    leave()
    stopPageLife?.()
    stopPageLife = null
    isAway = isCarrying = false
    carrier.stop()
    view.show({ ...initialState, status: 'closed' })
  }

  return {
    get state() {
      return view.state
    },
    get session() {
      return view.session
    },
    start,
    stop,
    reconnect() {
      if (follower) follower.wake()
      else if (view.state.status === 'failed') start()
      else if (!isAway) carrier.wake(true)
    },
    onMessage: messages.on,
    onStatus: view.onStatus,
    onSession: view.onSession,
    onGap: gaps.on,
    watchUser: watches.watch,
    call: carrier.call,
  }
}

const never = (): Promise<never> => new Promise(() => {})
