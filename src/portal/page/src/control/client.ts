import type {
  BridgeAnswer, BridgeRequest, ControlFailure, DialogAnswerRequest, Done, EmitAnswer, EmitRequest, FaultOffRequest, FaultOnRequest, FaultState,
  FieldError, FireEventAnswer, FireEventRequest, FrameEventRequest, FrameRequest, FreezeRequest, HoldRequest, OpenFrameRequest, PortalFrame, PortalState, RawFramesRequest, RecordingAnswer, ReleaseRequest, RestCallAnswer, RestCallRequest,
  ServerRequest, UserOnlineRequest, UserRequest,
} from '../../../types'
import { CONTROL_BASE } from '../../../types'

/** The engine refused, or could not be reached. */
export class ControlError extends Error {
  readonly code: string
  readonly fields: readonly FieldError[]

  constructor(failure: ControlFailure) {
    super(failure.message)
    this.code = failure.code
    this.fields = failure.fields
  }
}

async function post<Answer>(route: string, body: object): Promise<Answer> {
  const response = await fetch(`${CONTROL_BASE}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  if (!response) throw new ControlError(unreachable)
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as Answer
  throw new ControlError(isFailure(answer) ? answer : { ...unreachable, message: `The portal answered ${response.status} to ${route}.` })
}

const unreachable: ControlFailure = {
  code: 'PORTAL_UNREACHABLE',
  message: 'The portal does not answer. Is the process that started it still running?',
  fields: [],
}

function isFailure(answer: unknown): answer is ControlFailure {
  return typeof answer === 'object' && answer !== null && 'message' in answer && 'fields' in answer
}

/** The engine's control API, a function per route. Each throws {@link ControlError}. */
export const control = {
  emit: (request: EmitRequest) => post<EmitAnswer>('emit', request),
  bridge: (request: BridgeRequest) => post<BridgeAnswer>('bridge', request),
  openFrame: (request: OpenFrameRequest) => post<PortalFrame>('frames/open', request),
  closeFrame: (request: FrameRequest) => post<Done>('frames/close', request),
  reloadFrame: (request: FrameRequest) => post<PortalFrame>('frames/reload', request),
  frameEvent: (request: FrameEventRequest) => post<Done>('frames/event', request),
  switchUser: (request: UserRequest) => post<PortalState>('users/switch', request),
  setOnline: (request: UserOnlineRequest) => post<Done>('users/online', request),
  faultOn: (request: FaultOnRequest) => post<FaultState>('faults/on', request),
  faultOff: (request: FaultOffRequest) => post<FaultState>('faults/off', request),
  setServer: (request: ServerRequest) => post<PortalState>('server', request),
  fireEvent: (request: FireEventRequest) => post<FireEventAnswer>('events/fire', request),
  freeze: (request: FreezeRequest) => post<Done>('connections/freeze', request),
  callRest: (request: RestCallRequest) => post<RestCallAnswer>('rest/call', request),
  answerDialog: (request: DialogAnswerRequest) => post<Done>('dialogs/answer', request),
  beginInstall: () => post<PortalState>('install/begin', {}),
  hold: (request: HoldRequest) => post<Done>('holds/set', request),
  release: (request: ReleaseRequest) => post<Done>('holds/release', request),
  startRecording: () => post<Done>('recording/start', {}),
  stopRecording: () => post<RecordingAnswer>('recording/stop', {}),
  clearLog: () => post<Done>('log/clear', {}),
  showRawFrames: (request: RawFramesRequest) => post<Done>('log/frames', request),
  frameShown: (request: FrameRequest) => post<Done>('frames/shown', request),
}
