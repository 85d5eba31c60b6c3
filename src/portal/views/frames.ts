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
