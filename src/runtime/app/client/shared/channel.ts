import { readWire } from './read-wire'
import type { PostedMessage, WireMessage } from './wire'

/** What the frames of one name hear of each other. */
export interface FrameChannel {
  post: (message: PostedMessage) => void
  close: () => void
}

/**
 * @param name of the connection
 * @param onMessage told of what another frame posted, its shape checked
 */
export function openChannel(name: string, onMessage: (message: WireMessage) => void): FrameChannel {
  const channel = new BroadcastChannel(name)
  let isClosed = false
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = isClosed ? null : readWire(data)
    if (message) onMessage(message)
  }
  return {
    post(message) {
      if (isClosed) return
      try {
        channel.postMessage(message)
      }
      catch {
        // Nested too deeply to be copied: who counts the messages finds that one is missing.
      }
    },
    close() {
      isClosed = true
      // From the back/forward cache, a message that waits for the page would evict it.
      channel.onmessage = null
      channel.close()
    },
  }
}
