import type { PullConnection, PullGap, PullMessage, PullSession, PullStatusChange, Unsubscribe } from '../../../types'
import { createEmitter, createTelling } from '../../../utils/emitter'
import { hold } from '../../../utils/hold'
import type { PullLogger } from '../../../utils/logger'
import { withId } from '../../../utils/message-id'
import { createOncePerKind } from '../../../utils/once-per-kind'
import { callRest } from '../../../rest/call-rest'
import { loadFrameSdk } from '../../frame/load-sdk'
import { createIntake } from '../wire/intake'
import type { RecentIds } from '../wire/recent-ids'
import { orLoadFailed } from '../or-load-failed'
import { notReady } from '../problems'
import { createPresenceWatch } from './presence-watch'
import { createSdkLink } from './link'
import type { SdkLink, SdkLinkOptions } from './link-types'
import { createSupervisor } from '../retry/supervisor'
import { initialSession, toStatusChange } from '../retry/status-change'

export interface SdkConnectionOptions extends Omit<SdkLinkOptions, 'loadFrameSdk' | 'loadPullSdk' | 'intake'> {
  logger: PullLogger
  /** Window of the message ids that are known, where it is to outlive this connection. */
  ids?: RecentIds
}

/** A message as it arrived. */
export interface ReceivedMessage {
  readonly message: PullMessage
  /** By which the push server knows it; `null` where it came without one. */
  readonly id: string | null
}

/** A connection of which another one can take the place. */
export interface SdkConnection extends PullConnection, Pick<SdkLink, 'place' | 'startAt'> {
  /** As `onMessage`, with what is known of the message inside this room. */
  onReceived: (listener: (received: ReceivedMessage) => void) => Unsubscribe
  /** The person, or the page, is back: as `reconnect()`, and for a page within tighter limits. */
  wake: (byUser: boolean) => void
}

/** A {@link PullConnection} to the portal that has opened this page, over the SDK's pull client. */
export function createSdkConnection({ logger, ids, ...options }: SdkConnectionOptions): SdkConnection {
  // One for all: who hears of the status and of messages hears of both in the order in which they were.
  const telling = createTelling()
  const messages = createEmitter<ReceivedMessage>(telling)
  const statuses = createEmitter<PullStatusChange>(telling)
  const sessions = createEmitter<PullSession>(telling)
  const gaps = createEmitter<PullGap>(telling)
  const warnOnce = createOncePerKind(logger.warn)
  let session = initialSession

  function setSession(change: Partial<PullSession>): void {
    session = { ...session, ...change }
    sessions.emit(session)
  }

  const link = createSdkLink({
    ...options,
    loadFrameSdk: () => orLoadFailed(loadFrameSdk()),
    loadPullSdk: () => orLoadFailed(loadFrameSdk().then(sdk => sdk.loadPullSdk())),
    intake: createIntake({ onMessage: (message, id) => messages.emit({ message: process.env.NODE_ENV !== 'production' ? withId(message, id) : message, id }), onTrouble: warnOnce }, ids),
  }, {
    onFrame: frame => setSession({ frame }),
    onUser: userId => setSession({ userId, role: 'solo' }),
    onOpened: (token, transport, gap) => hold(telling, () => {
      setSession({ transport })
      supervisor.opened(token)
      presence.opened()
      if (gap) gaps.emit(gap)
    }),
    onLost: (token, reason, wait) => supervisor.lost(token, reason, wait),
    onFailed: (token, reason) => supervisor.failed(token, reason),
    onLateFrame() {
      if (supervisor.state.reason?.code === 'FRAME_NO_ANSWER') supervisor.start()
    },
    onWake: () => supervisor.wake(),
    onWarning: problem => warnOnce(problem.code, `${problem.message} ${problem.fix}`),
  })

  const presence = createPresenceWatch(link.callServer)

  const supervisor = createSupervisor(link, (previous, current) => {
    if (current.status !== 'connected') presence.lost()
    if (current.status !== 'connected' && session.transport) setSession({ transport: null })
    statuses.emit(toStatusChange(previous, current))
  })

  /** The frame, once the portal has answered; an attempt under way is waited for. */
  function whenFrame(): Promise<NonNullable<PullSession['frame']>> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const { status, reason } = supervisor.state
        if (session.frame) resolve(session.frame)
        else if (status === 'idle' || status === 'closed' || status === 'failed') reject(reason ?? notReady())
        else return false
        offs.forEach(off => off())
        return true
      }
      const offs: (() => void)[] = []
      if (!check()) offs.push(sessions.on(check), statuses.on(check))
    })
  }

  return {
    get state() {
      return supervisor.state
    },
    get session() {
      return session
    },
    get place() {
      return link.place
    },
    startAt: link.startAt,
    start: supervisor.start,
    stop: supervisor.stop,
    wake: supervisor.wake,
    reconnect: () => supervisor.wake(true),
    onMessage: listener => messages.on(({ message }) => listener(message)),
    onReceived: messages.on,
    onStatus: statuses.on,
    onSession: sessions.on,
    onGap: gaps.on,
    watchUser: presence.watch,
    call: async (method, params) => callRest(await whenFrame(), method, params),
  }
}
