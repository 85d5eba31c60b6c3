import type { FrameTrouble, OpenFrameRequest, PortalFrame, PortalUser } from '../types'
import { PortalError } from '../errors'
import { whyUnwritable } from '../json'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import type { Placements } from './placements'
import { randomHex } from '../security/random'

/** A frame with what only the portal may know of it. */
export interface FrameRecord {
  readonly view: PortalFrame
  readonly appSid: string
  /** The handler that it was asked to open; null = whichever its placement has. */
  readonly handler: string | null
  /** Callback keys by placement event, from `placementBindEvent`. */
  readonly boundEvents: Map<string, Set<string>>
  /** Key to answer once this slider is closed, and the frame that waits for it. */
  onClosed: { frameId: string, key: string } | null
}

export interface FrameDeps {
  /** Origin of the portal. */
  url: string
  app: URL
  appName: string
  method: 'post' | 'get'
  lang: string
  /** Host and port of the portal. */
  domain: string
  memberId: string
  applicationToken: string
  scope: readonly string[]
  people: People
  tokens: Tokens
  placements: Placements
  /** The address that stands for the app while it is not installed; null = it is. */
  installUrl: () => URL | null
  /** What keeps a person from seeing the app at all. */
  barrierFor: (user: PortalUser) => FrameTrouble | null
  onOpened: (frame: FrameRecord) => void
  /** It is gone; where it was a slider, somebody may wait for that. */
  onClosed: (frame: FrameRecord) => void
  onChange: () => void
}

export interface Frames {
  readonly all: readonly FrameRecord[]
  get: (id: string) => FrameRecord
  find: (id: string) => FrameRecord | undefined
  open: (request: OpenFrameRequest & { openedBy?: string, width?: number | null, isHidden?: boolean }) => FrameRecord
  close: (id: string) => void
  reload: (id: string) => FrameRecord
}

/** The frames of one portal page, in the order in which they were opened. */
export function createFrames(deps: FrameDeps): Frames {
  const frames = new Map<string, FrameRecord>()
  let count = 0

  function get(id: string): FrameRecord {
    const frame = frames.get(id)
    if (frame) return frame
    throw new PortalError('PORTAL_UNKNOWN_FRAME', {
      what: `There is no frame ${JSON.stringify(id)}.`,
      why: 'It was never opened, or has been closed.',
      fix: 'Take the id from the list of frames.',
      field: 'frameId',
    })
  }

  function close(id: string): void {
    const frame = get(id)
    for (const child of [...frames.values()]) {
      if (child.view.openedBy === id) close(child.view.id)
    }
    frames.delete(id)
    deps.onClosed(frame)
    deps.onChange()
  }

  return {
    get all() {
      return [...frames.values()]
    },
    get,
    find: id => frames.get(id),
    close,
    open(request) {
      const user = deps.people.get(request.userId ?? deps.people.current.id)
      const placement = request.placement ?? 'DEFAULT'
      const appSid = randomHex()
      const isSlider = request.isSlider ?? false
      const choice = deps.placements.choiceOf(placement)
      assertWritable(request.placementOptions)
      const view: PortalFrame = {
        id: `frame-${++count}`,
        userId: user.id,
        name: `${deps.domain}|0|${appSid}`,
        method: deps.method,
        action: '',
        fields: {},
        placement,
        placementOptions: request.placementOptions ?? choice?.options ?? {},
        title: request.title ?? choice?.title ?? (placement === 'DEFAULT' ? deps.appName : placement),
        isSlider,
        isHidden: request.isHidden ?? false,
        value: null,
        openedBy: request.openedBy ?? null,
        width: request.width ?? null,
        height: deps.placements.heightOf(placement, request.handler ?? null),
        revision: 0,
        scroll: { count: 0, top: 0 },
        trouble: deps.barrierFor(user),
        isApart: request.isApart ?? false,
      }
      const frame: FrameRecord = { view, appSid, handler: request.handler ?? null, boundEvents: new Map(), onClosed: null }
      address(deps, frame)
      frames.set(view.id, frame)
      deps.onOpened(frame)
      deps.onChange()
      return frame
    },
    reload(id) {
      const frame = get(id)
      frame.boundEvents.clear()
      address(deps, frame)
      frame.view.height = deps.placements.heightOf(frame.view.placement, frame.handler)
      frame.view.trouble = deps.barrierFor(deps.people.get(frame.view.userId))
      frame.view.revision++
      deps.onChange()
      return frame
    },
  }
}

/** The page and the app get them as JSON. */
function assertWritable(placementOptions: unknown): void {
  const why = whyUnwritable(placementOptions)
  if (why === null) return
  throw new PortalError('PORTAL_BAD_OPTION', {
    what: 'The placementOptions cannot be written as JSON.',
    why,
    fix: 'Give what JSON can hold; no frame was opened.',
    field: 'placementOptions',
  })
}

/** Where the frame goes, and with what: each placement opens its own handler. */
function address(deps: FrameDeps, { view, appSid, handler }: FrameRecord): void {
  const { app, domain, lang, installUrl, placements } = deps
  const own = handler ?? placements.handlerOf(view.placement)
  const url = new URL(installUrl() ?? (own === null ? app : new URL(own, app)))
  url.searchParams.set('DOMAIN', domain)
  url.searchParams.set('PROTOCOL', '0')
  url.searchParams.set('LANG', lang)
  url.searchParams.set('APP_SID', appSid)
  view.action = url.href
  view.fields = fieldsOf(deps, view)
}

/** Hidden fields of the form. An archive that Bitrix24 hosts is opened by GET, which carries none. */
function fieldsOf({ method, tokens, memberId, url, applicationToken, scope }: FrameDeps, view: PortalFrame): Record<string, string> {
  if (method === 'get') return {}
  return {
    ...tokens.issue(view.userId, view.id),
    SERVER_ENDPOINT: `${url}/rest/`,
    APPLICATION_TOKEN: applicationToken,
    APPLICATION_SCOPE: scope.join(','),
    member_id: memberId,
    status: 'L',
    PLACEMENT: view.placement,
    PLACEMENT_OPTIONS: JSON.stringify({ ...view.placementOptions, URI: view.placement === 'DEFAULT' ? '/marketplace/app/1/' : '/' }),
  }
}
