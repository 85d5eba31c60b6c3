import type { PullGap } from '../../../types'
import type { ReceivedMessage } from '../sdk/connection'
import { WAKE_WINDOW } from '../retry/ladder'
import { ageOf } from '../../../utils/outlived-time'
import type { Carrier } from './carrier'
import type { Position } from './position'
import { createPresenceRelay } from './presence'
import { toPlainReason } from './reason'
import type { FollowerMessage, PostedMessage } from './wire'

/** What a frame does that holds the connection for all. */
export interface Leader {
  /** Hands a message on. */
  send: (received: ReceivedMessage) => void
  tellState: () => void
  tellGap: (gap: PullGap) => void
  /** What followers want. */
  hear: (message: FollowerMessage) => void
  end: () => void
}

export interface LeaderOptions {
  epoch: string
  carrier: Carrier
  position: Position
  post: (message: PostedMessage) => void
  /** A clock in ms. */
  now: () => number
}

export function createLeader({ epoch, carrier, position, post, now }: LeaderOptions): Leader {
  const presence = createPresenceRelay(carrier.watchUser, (to, userId, { lastSeen, error }) =>
    post({ kind: 'seen', epoch, to, userId, lastSeen, error: toPlainReason(error) }))
  let wokenAt = Number.NEGATIVE_INFINITY
  let answer: ReturnType<typeof setTimeout> | undefined

  position.begin(epoch)
  post({ kind: 'lead', epoch, lastId: position.place?.lastId ?? null })
  tellState()

  function tellState(): void {
    const { state: { status, reason, attempt, nextRetryAt }, session: { transport }, place } = carrier
    if (place) position.moveTo(place)
    // What is over is said by `bye`.
    if (status === 'idle' || status === 'failed' || status === 'closed') return
    post({ kind: 'state', epoch, n: position.n, place: position.place, recent: position.recent, state: { status, reason: toPlainReason(reason), attempt, nextRetryAt, transport } })
  }

  /** ms since the push server's last word, where it is bound to speak. */
  function silence(): number {
    const { state, session, place } = carrier
    const isBound = state.status === 'connected' && session.transport === 'websocket' && Number.parseInt(place?.identity.server ?? '', 10) >= 5
    return isBound && place ? ageOf(place.from) ?? 0 : 0
  }

  function wake(byUser: boolean): void {
    // Each of them checks a living connection by a question to the push server; the limit of retries is the supervisor's.
    if (carrier.state.status === 'connected' && now() - wokenAt < WAKE_WINDOW) return
    wokenAt = now()
    carrier.wake(byUser)
  }

  return {
    send({ message, id }) {
      const n = position.count(id)
      const { tag = null, time = null } = carrier.place ?? {}
      post({ kind: 'message', epoch, n, id, tag, time, message })
    },
    tellState,
    tellGap: gap => post({ kind: 'gap', epoch, gap }),
    hear(message) {
      switch (message.kind) {
        case 'hello':
          return tellState()
        case 'watch':
          return presence.set(message.from, message.users, message.fresh)
        case 'wake':
          return wake(message.byUser)
        case 'ask':
          // By a timer: a frozen page hears its channel, but its timers stand still as its socket does.
          clearTimeout(answer)
          answer = setTimeout(() => post({ kind: 'here', epoch, silence: silence() }))
      }
    },
    end() {
      clearTimeout(answer)
      presence.end()
      if (carrier.place) position.moveTo(carrier.place)
      post({ kind: 'bye', epoch })
    },
  }
}
