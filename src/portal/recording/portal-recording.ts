import type { RecordingPlayer } from '../../runtime/recording/play-recording'
import type { Changes } from '../changes'
import type { PortalLog } from '../log/log'
import type { EngineOptions } from '../option-types'
import type { People } from '../people/people'
import type { PlayDeps } from './play'
import { createPortalPlayer } from './play'
import type { PortalRecorder } from './recorder'
import { createPortalRecorder } from './recorder'

/** What a portal writes down of its events, and what it plays. */
export interface PortalRecording {
  readonly recorder: PortalRecorder
  /** Of the option `recording`; `null` without it. */
  readonly player: RecordingPlayer | null
  stop: () => void
}

export interface PortalRecordingDeps extends Pick<EngineOptions, 'record' | 'recording'>, Pick<PlayDeps, 'send' | 'cut'> {
  people: People
  /** How many pages are connected. */
  connections: () => number
  changes: Changes
  log: PortalLog
  /** Says what cannot be written any more, or be played to its end. */
  tellProblem: (line: string) => void
}

/** Records, and plays the option `recording` to the first page that connects, unless it goes step by step. */
export function createPortalRecording({ record, recording, people, connections, changes, send, cut, log, tellProblem }: PortalRecordingDeps): PortalRecording {
  const recorder = createPortalRecorder(record, () => people.current.id, tellProblem)
  const player = recording && createPortalPlayer(recording.entries, {
    send,
    hasUser: id => people.has(id),
    cut,
    note: (title, details) => log.add({ source: 'portal', direction: 'note', title, details }),
  })
  let hasPlayed = false
  const stopFollowing = changes.subscribe(() => {
    const count = connections()
    recorder.connections(count)
    const speed = recording?.speed
    if (hasPlayed || count === 0 || speed === 'step') return
    hasPlayed = true
    player?.play({ speed }).catch(error => tellProblem(`The recording plays no further. ${error instanceof Error ? error.message : String(error)}`))
  })
  return {
    recorder,
    player,
    stop() {
      player?.stop()
      stopFollowing()
    },
  }
}
