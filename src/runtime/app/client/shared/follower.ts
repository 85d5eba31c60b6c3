import type { PullGap, PullMessage } from '../../../types'
import { epochNow } from '../../../utils/clock'
import { withId } from '../../../utils/message-id'
import { listenForWakes } from '../retry/wakes'
import type { Position } from './position'
import { createRemoteWatches } from './presence'
import type { RemoteWatches } from './presence'
import { watchSilence } from './silence'
import { watchLateRetry } from './late-retry'
import type { LeaderMessage, PostedMessage, SharedState } from './wire'

/** What a frame does for which another one holds the connection. */
export interface Follower {
  /** What the leader says. */
  hear: (message: LeaderMessage) => void
  /** The person wants it to try at once. */
  wake: () => void
  watch: RemoteWatches['watch']
  end: () => void
}

export interface FollowerOptions {
  /** By which the leader knows this frame. */
  from: string
  position: Position
  post: (message: PostedMessage) => void
  /** A clock in ms. */
  now: () => number
}

export interface FollowerEvents {
  onState: (state: SharedState) => void
  onMessage: (message: PullMessage) => void
  onGap: (gap: PullGap) => void
  /** The leader has gone; who comes next is the lock's to say. */
  onBye: () => void
  /** The leader is dead and does not know it. */
  onDead: () => void
}

export function createFollower({ from, position, post, now }: FollowerOptions, events: FollowerEvents): Follower {
  const silence = watchSilence({ ask: () => post({ kind: 'ask', from }), onDead: events.onDead, now, random: Math.random })
  const watches = createRemoteWatches((users, fresh) => post({ kind: 'watch', from, users, fresh }))
  const wake = (byUser: boolean) => post({ kind: 'wake', byUser })
  const stopWakes = listenForWakes(() => wake(false))
  const late = watchLateRetry(() => wake(false))
  /** When something was last heard; ms since epoch. */
  let heardAt = position.place?.from ?? epochNow()
  let isOver = false
  /** The leader that knows whom this frame watches. */
  let toldTo: string | null = null

  function tellMissed(cause: PullGap['cause'] | null): void {
    if (cause) events.onGap({ cause, from: Math.min(heardAt, epochNow()), to: epochNow() })
  }

  function takeState({ epoch, n, place, recent, state }: Extract<LeaderMessage, { kind: 'state' }>): void {
    const missed = position.takeState(epoch, n, place, recent)
    late.watch(state.nextRetryAt)
    events.onState(state)
    if (!isOver) tellMissed(missed)
  }

  function takeMessage({ epoch, n, id, tag, time, message }: Extract<LeaderMessage, { kind: 'message' }>): void {
    const { isNew, missed } = position.takeMessage(epoch, n, id, { tag, time, from: epochNow() })
    tellMissed(missed)
    if (isNew && !isOver) events.onMessage(process.env.NODE_ENV !== 'production' ? withId(message, id) : message)
  }

  function take(message: LeaderMessage): void {
    switch (message.kind) {
      case 'lead':
        return tellMissed(position.takeLead(message.epoch, message.lastId))
      case 'state':
        return takeState(message)
      case 'message':
        return takeMessage(message)
      case 'gap':
        position.giveUp()
        return events.onGap(message.gap)
      case 'here':
        return silence.answered(message.silence)
      case 'seen':
        if (message.to === from) watches.seen(message.userId, { lastSeen: message.lastSeen, error: message.error })
        return
      case 'bye':
        return events.onBye()
    }
  }

  post({ kind: 'hello', from })

  return {
    hear(message) {
      if (isOver) return
      silence.heard()
      if (toldTo !== message.epoch) {
        toldTo = message.epoch
        watches.tellAll()
      }
      take(message)
      heardAt = epochNow()
    },
    wake: () => wake(true),
    watch: watches.watch,
    end() {
      isOver = true
      silence.stop()
      late.stop()
      stopWakes()
      watches.end()
    },
  }
}
