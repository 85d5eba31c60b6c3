import type { H3Event } from 'h3'
import { EventStream } from 'h3'
import type { Engine } from '../engine'
import { stateOf } from './state'
import type { LogEntry, StreamMessage } from '../types'

/** Changes are collected for so long before the page hears of them. */
const COLLECT_MS = 40

/** Streams of one portal. */
export interface Streams {
  open: (event: H3Event) => EventStream
  closeAll: () => Promise<void>
}

/** Server-sent events for the page: a snapshot first, then what changes, collected so that a storm stays readable. */
export function createStreams(engine: Engine): Streams {
  /** By stream: tells it what of the log it has not been told yet. */
  const streams = new Map<EventStream, () => void>()

  return {
    open(event) {
      const stream = new EventStream(event)
      let waiting: NodeJS.Timeout | null = null
      let isStateOld = false
      const entries = new Map<number, LogEntry>()

      const push = (message: StreamMessage) => void stream.push(JSON.stringify(message)).catch(() => {})

      function tellLog(): void {
        if (entries.size > 0) push({ type: 'log', entries: [...entries.values()], dropped: engine.log.dropped })
        entries.clear()
      }

      function flush(): void {
        waiting = null
        tellLog()
        if (isStateOld) push({ type: 'state', state: stateOf(engine) })
        isStateOld = false
      }

      function soon(): void {
        waiting ??= setTimeout(flush, COLLECT_MS)
      }

      const stops = [
        engine.log.subscribe((change) => {
          if (change.type === 'cleared') {
            entries.clear()
            push({ type: 'log-cleared' })
          }
          else {
            entries.set(change.entry.id, change.entry)
          }
          soon()
        }),
        engine.changes.subscribe(() => {
          isStateOld = true
          soon()
        }),
        engine.onAnswer((frameId, message) => push({ type: 'answer', frameId, message })),
      ]
      stream.onClosed(() => {
        for (const stop of stops) stop()
        if (waiting) clearTimeout(waiting)
        streams.delete(stream)
      })
      streams.set(stream, tellLog)
      push({ type: 'snapshot', state: stateOf(engine), log: [...engine.log.entries], dropped: engine.log.dropped })
      return stream
    },
    async closeAll() {
      await Promise.allSettled([...streams].map(([stream, tellLog]) => {
        // What led to the end is what whoever follows the log wants most.
        tellLog()
        return stream.close()
      }))
    },
  }
}
