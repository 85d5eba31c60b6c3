import type { FaultGroup } from './faults/define'
import type { FaultName } from './faults/definitions'
import type { ServerSettings, ServerVersion, Transport } from './server-settings'

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
export type { FaultGroup, FaultName }

/** A person of the portal. */
export interface PortalUser {
  id: number
  name: string
  lastName: string
  isAdmin: boolean
  /** Connected to the push server, or set by hand with `users/online`. */
  isOnline: boolean
}

/** Why a frame shows no app, and what to do about it. */
export interface FrameTrouble {
  code: 'not-installed' | 'not-running' | 'not-found' | 'method-refused' | 'server-error' | 'refused' | 'framing-forbidden' | 'redirect' | 'silent'
  /** What happened, in one line. */
  title: string
  why: string
  fix: string
}

/** A frame in which the portal has opened the app. */
export interface PortalFrame {
  id: string
  userId: number
  /** The iframe's `name` attribute, `DOMAIN|PROTOCOL|APP_SID`: the SDK reads it. Set it before the form is sent. */
  name: string
  /** How the frame is opened: `post` sends a form into it, `get` sets `src` to `action`. */
  method: 'post' | 'get'
  /** Address with `?DOMAIN=…&PROTOCOL=…&LANG=…&APP_SID=…`. */
  action: string
  /** Hidden fields of the form; empty for `get`. */
  fields: Record<string, string>
  /** `DEFAULT`, `CRM_DEAL_DETAIL_TAB`, … */
  placement: string
  placementOptions: Record<string, unknown>
  title: string
  /** Shown over the page, opened by `openApplication`. */
  isSlider: boolean
  /** Never shown: `PAGE_BACKGROUND_WORKER`. */
  isHidden: boolean
  /** What a user field has set by `setValue`. */
  value: string | null
  /** The frame that opened this slider. */
  openedBy: string | null
  /** Width the slider was asked to have, in px. */
  width: number | null
  /** Height from `resizeWindow`, in px. */
  height: number | null
  /** Raised by `reloadWindow` and by `frames/reload`: render the iframe anew (use it in the key). */
  revision: number
  /** Raised with every `setScroll`; `top` in px. */
  scroll: { count: number, top: number }
  /** What keeps the app from being seen; the portal goes on looking, and takes it away by itself. */
  trouble: FrameTrouble | null
  /** Opened for a page of this person's own (`?user=2`): the page of the person before the screen does not show it. */
  isApart: boolean
}

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

/** A placement that the page may open the app in. */
export interface PlacementChoice {
  placement: string
  title: string
  options: Record<string, unknown>
  /** Address that it opens; null = the app's. */
  handler: string | null
}

/** A dialog of the portal that is open over a frame: `selectUser`, `selectAccess`, `selectCRM`. */
export interface PortalDialog {
  id: string
  frameId: string
  userId: number
  kind: 'user' | 'access' | 'crm'
  isMultiple: boolean
  choices: { id: string, title: string }[]
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

/** One input of a fault's form. */
export interface FaultField {
  name: string
  label: string
  type: 'number' | 'text' | 'select'
  default: number | string
  min?: number
  max?: number
  choices?: readonly string[]
}

/** A fault and where it stands. */
export interface FaultState {
  name: FaultName
  title: string
  /** One sentence: what the app will see. */
  description: string
  /** `switch` stays on until it is switched off or used up, `action` happens once, at once. */
  /** What the page shows together. */
  group: FaultGroup
  kind: 'switch' | 'action'
  fields: FaultField[]
  isOn: boolean
  /** What it was switched on with. */
  settings: Record<string, number | string>
  /** How many more times it acts, where it counts. */
  remaining: number | null
  /** When it ends by itself, ms since epoch. */
  until: number | null
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

/** Where an entry of the log comes from. */
export type LogSource = 'portal' | 'bridge' | 'rest' | 'push' | 'frame' | 'event' | 'fault'

/** Something that went by: over the bridge, REST or the push server, or that the portal did. */
export interface LogEntry {
  id: number
  /** ms since epoch */
  time: number
  source: LogSource
  /** `in` = came to the portal, `out` = left it, `note` = neither. */
  direction: 'in' | 'out' | 'note'
  level: 'info' | 'warn' | 'error'
  /** One line: a method, a command, `application:ping`. */
  title: string
  userId: number | null
  frameId: string | null
  connectionId: string | null
  /** The entry that caused this one: the REST call of an event, the batch of a call. */
  causeId: number | null
  /** Its end is still to come: then the entry is sent again, under the same id. */
  isPending: boolean
  /** HTTP status of a REST answer. */
  status: number | null
  durationMs: number | null
  /** Anything JSON can hold, secrets masked. */
  details: unknown
}

export type StreamMessage
  = | { type: 'snapshot', state: PortalState, log: LogEntry[], dropped: number }
    | { type: 'state', state: PortalState }
    /** New entries, and old ones that have changed; `dropped` entries have been let go since the log was emptied. */
    | { type: 'log', entries: LogEntry[], dropped: number }
    | { type: 'log-cleared' }
    /** Post `message` to the frame's window, with the app's origin as target: an answer that took its time. */
    | { type: 'answer', frameId: string, message: string }
