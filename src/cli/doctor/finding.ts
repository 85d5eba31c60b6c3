/** Permanent codes of what `doctor` finds in a deployed app. */
export type AddressCode
  = | 'NO_ANSWER'
    | 'NOT_HTTPS'
    | 'POST_REFUSED'
    | 'FORM_LOST'
    | 'X_FRAME_OPTIONS'
    | 'FRAME_ANCESTORS'
    | 'CONNECT_SRC'
    | 'COOKIE_SAMESITE'
    | 'FILES_MISSING'
    | 'DEV_BUILD'
    | 'MODULE_MISSING'
    | 'TWO_SDKS'
    | 'STALE_BUILD'
    | 'FRAME_SILENT'

/** And in a project's folder. */
export type ProjectCode = 'NO_PROJECT' | 'NOT_INSTALLED' | 'PEER_MISSING' | 'VERSION_UNSUPPORTED' | 'TWO_COPIES' | 'OWN_PINIA' | 'WRONG_OPTION' | 'NOT_IN_MODULES'

/** Something that is wrong: what, why, and what to do. */
export interface Finding {
  code: AddressCode | ProjectCode
  title: string
  why: string
  fix: string
}
