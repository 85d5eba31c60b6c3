import type { RecordingPlayer } from '../runtime/recording/play-recording'
import type { Bridge } from './bridge/bridge'
import type { Dialogs } from './bridge/dialogs'
import type { Changes } from './changes'
import type { PortalEvent } from './emit'
import type { BackendEvents } from './events/backend-events'
import type { FaultBoard } from './faults/faults'
import type { Frames } from './frames/frames'
import type { Holders } from './frames/holders'
import type { Placements } from './frames/placements'
import type { FrameWatch } from './frames/watch/watch'
import type { Holds } from './holds'
import type { Installation } from './installation'
import type { PortalLog } from './log/log'
import type { EngineOptions } from './option-types'
import type { PortalAuthorization } from './people/authorization'
import type { People } from './people/people'
import type { Tokens } from './people/tokens'
import type { Push } from './push/push'
import type { PortalRecorder } from './recording/recorder'
import type { RestService } from './rest/service'
import type { RestHandler } from './rest/types'
import type { ServerSettings } from './types'

/** Everything a portal knows and decides; transports and pages only carry it. */
export interface Engine {
  readonly url: string
  readonly options: EngineOptions
  readonly changes: Changes
  readonly log: PortalLog
  readonly people: People
  readonly tokens: Tokens
  readonly frames: Frames
  readonly holders: Holders
  readonly push: Push
  readonly rest: RestService
  readonly bridge: Bridge
  readonly faults: FaultBoard
  readonly events: BackendEvents
  readonly watch: FrameWatch
  readonly dialogs: Dialogs
  readonly placements: Placements
  readonly installation: Installation
  readonly memberId: string
  readonly recorder: PortalRecorder
  readonly holds: Holds
  /** Plays the option `recording`; `null` without it. */
  readonly recording: RecordingPlayer | null
  /** Access for the app's back end in the name of a user. */
  authorize: (userId: number) => PortalAuthorization
  emit: (event: PortalEvent) => string[]
  /** Puts other REST methods in the place of the option `rest`. */
  setRest: (methods: Record<string, RestHandler>) => void
  /** Says in the log and in the shell what is wrong. */
  tellProblem: (line: string, details: unknown) => void
  showRawFrames: (isOn: boolean) => void
  /**
   * Changes the push server; connections close and frames are opened anew, as after an update of the portal.
   *
   * @throws PortalError `PORTAL_BAD_OPTION`
   */
  setServer: (change: Partial<ServerSettings>) => void
  /** Puts another user before the screen: one frame of theirs takes the place of all others. */
  switchUser: (userId: number) => void
  /** Late answers of the bridge, for the page to carry. */
  onAnswer: (listener: (frameId: string, message: string) => void) => () => void
  dispose: () => void
}
