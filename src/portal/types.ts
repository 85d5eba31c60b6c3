import type { ServerSettings, ServerVersion, Transport } from './server-settings'
import type { FaultState } from './views/faults'
import type { PlacementChoice, PortalDialog, PortalFrame, PortalUser } from './views/frames'
import type { LogEntry } from './views/log'

/**
 * The language between the portal's engine and its page. No Node imports here: the page imports these types.
 *
 * Every route is on the portal's own origin under {@link CONTROL_BASE}, same-origin only. Every POST takes
 * `content-type: application/json` and answers JSON. A refusal is a {@link ControlFailure} with a 4xx status.
 *
 * | route | body | answer |
 * | --- | --- | --- |
 * | `GET state` | | {@link PortalState} |
 * | `GET stream` | | server-sent events, each `data:` a {@link StreamMessage}; the first is a `snapshot` |
 * | `POST emit` | {@link EmitRequest} | {@link EmitAnswer} |
 * | `POST bridge` | {@link BridgeRequest} | {@link BridgeAnswer} |
 * | `POST frames/open` | {@link OpenFrameRequest} | {@link PortalFrame} |
 * | `POST frames/close` | {@link FrameRequest} | {@link Done} |
 * | `POST frames/reload` | {@link FrameRequest} | {@link PortalFrame} |
 * | `POST frames/event` | {@link FrameEventRequest} | {@link Done} |
 * | `POST users/switch` | {@link UserRequest} | {@link PortalState} |
 * | `POST users/online` | {@link UserOnlineRequest} | {@link Done} |
 * | `POST faults/on` | {@link FaultOnRequest} | {@link FaultState} |
 * | `POST faults/off` | {@link FaultOffRequest} | {@link FaultState} |
 * | `POST server` | {@link ServerRequest} | {@link PortalState} |
 * | `POST events/fire` | {@link FireEventRequest} | {@link FireEventAnswer} |
 * | `POST dialogs/answer` | {@link DialogAnswerRequest} | {@link Done} |
 * | `POST install/begin` | `{}` | {@link PortalState} |
 * | `POST holds/set` | {@link HoldRequest} | {@link Done} |
 * | `POST holds/release` | {@link ReleaseRequest} | {@link Done} |
 * | `POST recording/start` | `{}` | {@link Done} |
 * | `POST recording/stop` | `{}` | {@link RecordingAnswer} |
 * | `POST log/clear` | `{}` | {@link Done} |
 * | `POST log/frames` | {@link RawFramesRequest} | {@link Done} |
 * | `POST frames/shown` | {@link FrameRequest} | {@link Done} |
 * | `POST connections/freeze` | {@link FreezeRequest} | {@link Done} |
 * | `POST rest/call` | {@link RestCallRequest} | {@link RestCallAnswer} |
 * | `POST wait` | {@link WaitRequest} | {@link WaitAnswer} |
 */
export const CONTROL_BASE = '/_portal'

export type * from './control/requests'
export type * from './server-settings'
export type * from './views/faults'
export type * from './views/frames'
export type * from './views/log'
export type { FaultGroup } from './faults/define'
export type { FaultName } from './faults/definitions'

/** A page that is connected to the push server. */
export interface PortalConnection {
  id: string
  userId: number
  transport: Transport
  version: ServerVersion
  /** Id of the last message sent to it, or the one it came back with. */
  lastMessageId: string | null
  /** ms since epoch */
  connectedAt: number
  /** The frame that it is of; several where it is one of them, none where it is no frame's of this portal. */
  frameIds: string[]
  /** It stands still: nothing goes in or out. */
  isFrozen: boolean
}

/** A handler of the app's back end, bound with `event.bind`. */
export interface BoundEvent {
  event: string
  /** Empty for an offline one. */
  handler: string
  /** In whose name it is called; 0 = of whoever causes the event. */
  userId: number
  /** Goes into the queue that `event.offline.get` reads. */
  isOffline: boolean
}

/** A command whose events wait. */
export interface HoldPoint {
  module: string
  command: string
}

/** An event that waits until it is let go. */
export interface HeldEvent extends HoldPoint {
  id: number
  params: Record<string, unknown>
  /** Users whom it is for; null = every user of the app. */
  userId: number[] | null
  /** ms since epoch */
  heldAt: number
}

export interface PortalState {
  /** Origin of the portal, such as `http://127.0.0.1:41207`. */
  url: string
  /** Address of the app. */
  app: string
  users: PortalUser[]
  /** Whose portal page this is. */
  currentUserId: number
  frames: PortalFrame[]
  /** At most 200, the newest; `connectionCount` is the whole number. */
  connections: PortalConnection[]
  connectionCount: number
  faults: FaultState[]
  server: ServerSettings
  /** The app itself, and its places once it is installed. */
  placements: PlacementChoice[]
  boundEvents: BoundEvent[]
  /** Whether the log shows the push server's frames as they go over the wire. */
  showsRawFrames: boolean
  /** Commands whose events wait until they are let go. */
  holdPoints: HoldPoint[]
  /** Those that wait, in order. */
  held: HeldEvent[]
  /** Whether what goes to the pages is being recorded for this one. */
  isRecording: boolean
  /** Before that no event reaches the app, and its frames show the install page. */
  isInstalled: boolean
  dialogs: PortalDialog[]
}

export type StreamMessage
  = | { type: 'snapshot', state: PortalState, log: LogEntry[], dropped: number }
    | { type: 'state', state: PortalState }
    /** New entries, and old ones that have changed; `dropped` entries have been let go since the log was emptied. */
    | { type: 'log', entries: LogEntry[], dropped: number }
    | { type: 'log-cleared' }
    /** Post `message` to the frame's window, with the app's origin as target: an answer that took its time. */
    | { type: 'answer', frameId: string, message: string }
