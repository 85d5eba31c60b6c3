import type { PullRole } from '../../../types'
import type { FrameChannel } from './channel'
import type { LeaderLock } from './lock'
import type { SharedParts } from './parts'
import type { PostedMessage, WireMessage } from './wire'

/** What a frame has among the frames of its app: a place in the queue for the lock, and the channel by which they talk. */
export interface Seat {
  /** None before it joins, and after it has left. */
  readonly lock: LeaderLock | null
  /**
   * Asks for the lock and opens the channel. Where the page may have no locks, it is alone.
   *
   * @param name of the connection
   * @param isWanted asked once the lock has answered: whether whoever joins still wants to
   */
  join: (name: string, isWanted: () => boolean) => Promise<PullRole>
  /** Tells the other frames, where it has joined them. */
  post: (message: PostedMessage) => void
  leave: () => void
}

/**
 * @param parts of the browser
 * @param events told when the lock comes and when it was stolen, and what other frames post
 */
export function createSeat(
  parts: Pick<SharedParts, 'createLock' | 'openChannel'>,
  events: Parameters<SharedParts['createLock']>[1] & { onMessage: (message: WireMessage) => void },
): Seat {
  let channel: FrameChannel | null = null

  const seat: Seat & { lock: Seat['lock'] } = {
    lock: null,
    async join(name, isWanted) {
      const claimed = seat.lock = parts.createLock(name, events)
      const answer = await claimed.tryNow()
      if (!isWanted()) claimed.release()
      if (!isWanted() || answer === 'refused') return 'solo'
      channel = parts.openChannel(name, events.onMessage)
      return answer === 'mine' ? 'leader' : 'follower'
    },
    post: message => channel?.post(message),
    leave() {
      seat.lock?.release()
      channel?.close()
      seat.lock = channel = null
    },
  }
  return seat
}
