import type { PullMessage } from '../../types'
import { createFrameScheduler } from '../../utils/frame-scheduler'

/** Messages of one subscription, handed over together once a frame. */
export interface MessageBatch<Message extends PullMessage<unknown>> {
  add: (message: Message) => void
  /** Hands over now what has come so far. */
  flush: () => void
  /** Forgets what has come so far. */
  clear: () => void
}

/** @param handle takes them in order of arrival, at least one; must not throw */
export function createMessageBatch<Message extends PullMessage<unknown>>(handle: (messages: readonly Message[]) => void): MessageBatch<Message> {
  let messages: Message[] = []
  const scheduler = createFrameScheduler(flush)

  function flush(): void {
    if (!messages.length) return
    const batch = messages
    messages = []
    handle(batch)
  }

  return {
    add(message) {
      messages.push(message)
      scheduler.request()
    },
    flush,
    clear() {
      messages = []
      scheduler.cancel()
    },
  }
}
