import type { StreamMessage } from '../../../types'
import { CONTROL_BASE } from '../../../types'

const RETRY_AFTER = 2000

/**
 * Listens to the engine for as long as the page lives.
 *
 * @param onMessage called with every message, a snapshot first
 * @param onLive called with `false` when the engine stops answering, with `true` when it is back
 * @returns ends it
 */
export function openStream(onMessage: (message: StreamMessage) => void, onLive: (isLive: boolean) => void): () => void {
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined

  function open() {
    source = new EventSource(`${CONTROL_BASE}/stream`)
    source.onopen = () => onLive(true)
    source.onmessage = event => onMessage(JSON.parse(event.data) as StreamMessage)
    source.onerror = () => {
      onLive(false)
      // After an HTTP error the browser gives up for good; after a lost connection it tries again by itself.
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_AFTER)
    }
  }

  open()
  return () => {
    clearTimeout(retry)
    source.close()
  }
}
