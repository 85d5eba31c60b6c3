import type { StreamMessage } from '../../../types'
import { useEventSource } from '@vueuse/core'
import { watch } from 'vue'
import { CONTROL_BASE } from '../../../types'

const RETRY_AFTER = 2000

/**
 * Listens to the engine for as long as the scope it is called in.
 *
 * @param onMessage called with every message, a snapshot first
 * @param onLive called with `false` when the engine stops answering, with `true` when it is back
 */
export function useStream(onMessage: (message: StreamMessage) => void, onLive: (isLive: boolean) => void): void {
  const { eventSource, status } = useEventSource(`${CONTROL_BASE}/stream`, [], { autoReconnect: { delay: RETRY_AFTER } })

  // Not by its `data`: several messages may come within one turn, and a ref shows the last.
  watch(eventSource, (source) => {
    source?.addEventListener('message', event => onMessage(JSON.parse(event.data as string) as StreamMessage))
  }, { immediate: true, flush: 'sync' })

  watch(status, (now, before) => {
    if (now === 'OPEN') onLive(true)
    else if (before === 'OPEN' || now === 'CLOSED') onLive(false)
  }, { flush: 'sync' })
}
