import type { RecordedEntry } from '../../runtime/recording/entries'
import { createRecordingPlayer } from '../../runtime/recording/play-recording'
import type { RecordingPlayer } from '../../runtime/recording/play-recording'

/** Of the server and the moment, not of the event. */
const OF_THE_MOMENT = new Set(['server_time', 'server_time_unix', 'server_time_ago', 'server_name', 'sender'])

export interface PlayDeps {
  send: (event: { module: string, command: string, params: Record<string, unknown>, userId?: number[], extra: Record<string, unknown> }) => void
  hasUser: (id: number) => boolean
  /** Takes the connections away, as they were in the recording. */
  cut: () => void
  note: (title: string, details?: unknown) => void
}

/**
 * Plays a recording to the pages that are connected: its messages, and where the connection was lost. What the app itself had sent is
 * noted in the log.
 */
export function createPortalPlayer(entries: readonly RecordedEntry[], { send, hasUser, cut, note }: PlayDeps): RecordingPlayer {
  let isConnected = true

  function act(entry: RecordedEntry): void {
    if (entry.kind === 'message') {
      if (entry.type === 'online') return
      const { module, command, params, extra } = entry
      const to = entry.to?.filter(hasUser)
      send({ module, command, params: { ...params }, ...(to?.length && { userId: to }), extra: Object.fromEntries(Object.entries(extra).filter(([name]) => !OF_THE_MOMENT.has(name))) })
    }
    else if (entry.kind === 'status') {
      if (isConnected && entry.status === 'reconnecting') cut()
      isConnected = entry.status === 'connected'
    }
    else if (entry.kind === 'sent') {
      note(`Recorded: the app sent ${entry.module}:${entry.command}`, entry)
    }
    else {
      note('Recorded: messages may have been missed', entry)
    }
  }

  return createRecordingPlayer(entries, act)
}
