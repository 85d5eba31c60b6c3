import type { OpenFrameRequest, PortalFrame } from '../types'
import { PortalError } from '../errors'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import { randomHex } from '../security/random'

/** A frame with what only the portal may know of it. */
export interface FrameRecord {
  readonly view: PortalFrame
  readonly appSid: string
  /** Callback keys by placement event, from `placementBindEvent`. */
  readonly boundEvents: Map<string, Set<string>>
  /** Key to answer once this slider is closed, and the frame that waits for it. */
  onClosed: { frameId: string, key: string } | null
}

export interface FrameDeps {
  app: URL
  appName: string
  method: 'post' | 'get'
  lang: string
  /** Host and port of the portal. */
  domain: string
  memberId: string
  people: People
  tokens: Tokens
  /** A slider has been closed for which somebody waits. */
  onClosed: (frame: FrameRecord) => void
  onChange: () => void
}

export interface Frames {
  readonly all: readonly FrameRecord[]
  get(id: string): FrameRecord
  find(id: string): FrameRecord | undefined
  open(request: OpenFrameRequest & { openedBy?: string, width?: number | null }): FrameRecord
  close(id: string): void
  reload(id: string): FrameRecord
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
      const view: PortalFrame = {
        id: `frame-${++count}`,
        userId: user.id,
        name: `${deps.domain}|0|${appSid}`,
        method: deps.method,
        action: addressOf(deps, appSid),
        fields: {},
        placement,
        placementOptions: request.placementOptions ?? {},
        title: request.title ?? (placement === 'DEFAULT' ? deps.appName : placement),
        isSlider,
        openedBy: request.openedBy ?? null,
        width: request.width ?? null,
        height: null,
        revision: 0,
        scroll: { count: 0, top: 0 },
        trouble: null,
        isApart: request.isApart ?? false,
      }
      view.fields = fieldsOf(deps, view)
      const frame: FrameRecord = { view, appSid, boundEvents: new Map(), onClosed: null }
      frames.set(view.id, frame)
      deps.onChange()
      return frame
    },
    reload(id) {
      const frame = get(id)
      frame.boundEvents.clear()
      frame.view.fields = fieldsOf(deps, frame.view)
      frame.view.height = null
      frame.view.trouble = null
      frame.view.revision++
      deps.onChange()
      return frame
    },
  }
}

function addressOf({ app, domain, lang }: FrameDeps, appSid: string): string {
  const url = new URL(app)
  url.searchParams.set('DOMAIN', domain)
  url.searchParams.set('PROTOCOL', '0')
  url.searchParams.set('LANG', lang)
  url.searchParams.set('APP_SID', appSid)
  return url.href
}

function fieldsOf({ method, tokens, memberId }: FrameDeps, view: PortalFrame): Record<string, string> {
  if (method === 'get') return {}
  return {
    ...tokens.issue(view.userId, view.id),
    member_id: memberId,
    status: 'L',
    PLACEMENT: view.placement,
    PLACEMENT_OPTIONS: JSON.stringify(view.placementOptions),
  }
}
