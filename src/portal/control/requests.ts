import type { FaultName } from '../faults/definitions'
import type { ServerSettings } from '../server-settings'

/* What the page may ask and what it is answered; the table of routes stands in types.ts. */

export interface EmitRequest {
  module: string
  command: string
  params?: Record<string, unknown>
  /** One user or several; absent = every user of the app. */
  userId?: number | number[]
}

export interface EmitAnswer {
  /** Ids of the messages, one per receiving channel. */
  messageIds: string[]
}

export interface BridgeRequest {
  frameId: string
  /** `event.data` of the frame's `message` event, as it came. */
  data: unknown
}

export interface BridgeAnswer {
  /** Post it back to the frame's window, with the app's origin as target; null = no answer (yet). */
  answer: string | null
}

/** Which frame to open. */
export interface OpenFrameRequest {
  /** default: the current user */
  userId?: number
  /** default: `DEFAULT` */
  placement?: string
  placementOptions?: Record<string, unknown>
  isSlider?: boolean
  title?: string
  /** default: false, see `PortalFrame.isApart` */
  isApart?: boolean
  /** Address to open; default: the placement's own, or the app's */
  handler?: string
}

export interface FrameRequest {
  frameId: string
}

export interface FrameEventRequest {
  frameId: string
  /** An event that the frame bound with `placementBindEvent`. */
  event: string
  params?: Record<string, unknown>
}

export interface RawFramesRequest {
  on: boolean
}

/** A REST call by hand, as the app would make it for this user. */
export interface RestCallRequest {
  method: string
  params?: Record<string, unknown>
  /** default: the current user */
  userId?: number
}

export interface RestCallAnswer {
  status: number
  /** Code of the error, or null. */
  error: string | null
  /** The error in words, or null. */
  description: string | null
  /** What it answered, secrets masked; null after an error. */
  result: unknown
}

/** What to wait for; it is answered when it is there, or refused with `PORTAL_WAIT_TIMEOUT`. */
export interface WaitRequest {
  what: 'connection' | 'request' | 'log'
  /** The request's method, the log entry's title, the connection's user id; absent = any */
  match?: string | number
  /** ms; default: 5000 */
  timeout?: number
  /** default: false; true = only what comes after the request counts */
  fresh?: boolean
}

export interface WaitAnswer {
  /** The connection, request or entry, as the portal's members of that name have it. */
  found: object
}

/** Has events of a command wait, or wait no more. */
export interface HoldRequest {
  module: string
  command: string
  on: boolean
}

/** Lets an event go that waits. */
export interface ReleaseRequest {
  id: number
  /** In place of its own. */
  params?: Record<string, unknown>
}

/** What was recorded, one JSON value a line; `null` where nothing was. */
export interface RecordingAnswer {
  text: string | null
}

export interface DialogAnswerRequest {
  dialogId: string
  /** Ids of what was chosen; null = Cancel */
  chosen: string[] | null
}

export interface UserRequest {
  userId: number
}

export interface UserOnlineRequest {
  userId: number
  online: boolean
}

export interface FaultOnRequest {
  name: FaultName
  settings?: Record<string, number | string>
}

export interface FaultOffRequest {
  name: FaultName
}

/** What is left out stays as it is. Connections are closed and the frames reloaded, as after an update of the portal. */
export type ServerRequest = Partial<ServerSettings>

export interface FreezeRequest {
  connectionId: string
  /** Whether it is to stand still, or to go on with what has waited. */
  on: boolean
}

export interface FireEventRequest {
  /** Such as `ONCRMDEALUPDATE`. */
  event: string
  data?: Record<string, unknown>
}

/** How each handler of an event answered: its HTTP status, or why there is none. */
export interface FireEventAnswer {
  deliveries: { handler: string, status: number | null, error: string | null }[]
  /** How many queues of offline events it went into. */
  queued: number
  /** The app is not installed: nobody got it. */
  isWithheld: boolean
}

export interface Done {
  done: true
}

export interface FieldError {
  /** Name of the request's field, such as `params`; dots lead inside (`placementOptions.ID`). */
  field: string
  message: string
}

export interface ControlFailure {
  code: string
  /** What happened, why, and what to do. */
  message: string
  fields: FieldError[]
}
