import type { PlacementChoice } from '../types'
import { asNumber } from '../untrusted'

/** Where user fields of an app's own type are opened. */
export const USER_FIELD = 'USERFIELD_TYPE'

/** The height of a user field whose type has asked for none. */
const FIELD_HEIGHT_PX = 200

/** The hidden frame on every page. */
export const WORKER = 'PAGE_BACKGROUND_WORKER'

/** A handler bound with `placement.bind`. */
export interface BoundPlacement {
  placement: string
  /** For whom; 0 = for everybody. */
  userId: number
  handler: string
  title: string
  description: string
  options: Record<string, unknown>
  langAll: Record<string, unknown>
}

/** A type of user fields, from `userfieldtype.add`. */
export interface UserFieldType {
  USER_TYPE_ID: string
  HANDLER: string
  TITLE: string
  DESCRIPTION: string
  OPTIONS: Record<string, unknown>
}

export interface Placements {
  readonly bound: readonly BoundPlacement[]
  readonly fieldTypes: readonly UserFieldType[]
  /** What the page offers to open. */
  readonly choices: readonly PlacementChoice[]
  /** Codes that can be bound. */
  readonly codes: readonly string[]
  bind: (placement: BoundPlacement) => void
  /** @returns how many there were */
  unbind: (placement: string, handler: string | null) => number
  setFieldType: (type: UserFieldType) => void
  deleteFieldType: (id: string) => boolean
  /** The address that this placement opens: of the handler bound last, else of the portal's options; null = the app's. */
  handlerOf: (placement: string) => string | null
  /** How it is offered: of several, the last. */
  choiceOf: (placement: string) => PlacementChoice | undefined
  /** Height in px of a user field: what its type has asked for, or the usual one; null = as high as there is room. */
  heightOf: (placement: string, handler: string | null) => number | null
}

/** What the page offers for a placement that an app has bound, as the platform fills in where it is opened. */
const SAMPLE_OPTIONS: Record<string, Record<string, unknown>> = {
  [USER_FIELD]: { MODE: 'edit', ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_DEMO', ENTITY_VALUE_ID: '42', VALUE: '', MULTIPLE: 'N', MANDATORY: 'N', XML_ID: '' },
}

const CODES = [
  ...['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE'].flatMap(entity => [
    `CRM_${entity}_DETAIL_TAB`, `CRM_${entity}_DETAIL_ACTIVITY`, `CRM_${entity}_DETAIL_TOOLBAR`, `CRM_${entity}_LIST_MENU`, `CRM_${entity}_LIST_TOOLBAR`, `CRM_${entity}_ACTIVITY_TIMELINE_MENU`,
  ]),
  'CRM_ANALYTICS_MENU', 'CRM_FUNNELS_TOOLBAR', 'CALENDAR_GRIDVIEW', 'CALL_CARD', 'CONTACT_CENTER', 'IM_NAVIGATION', 'IM_CONTEXT_MENU', 'IM_SIDEBAR', 'IM_TEXTAREA', 'LEFT_MENU',
  'REST_APP_URI', 'SONET_GROUP_DETAIL_TAB', 'SONET_GROUP_TOOLBAR', 'TASK_LIST_CONTEXT_MENU', 'TASK_LIST_TOOLBAR', 'TASK_VIEW_TAB', 'TASK_VIEW_SIDEBAR', 'TASK_VIEW_TOP_PANEL',
  'USER_PROFILE_MENU', 'USER_PROFILE_TOOLBAR', WORKER, USER_FIELD,
]

/** The placements of one portal: those of its options, and those the app binds. */
export function createPlacements(offered: readonly PlacementChoice[], onChange: () => void): Placements {
  let bound: BoundPlacement[] = []
  let fieldTypes: UserFieldType[] = []

  const choices = (): PlacementChoice[] => [
    ...offered.filter(({ placement, handler }) => handler !== null || !bound.some(known => known.placement === placement)),
    ...bound.filter(({ placement }) => placement !== WORKER).map(({ placement, title, handler }): PlacementChoice => ({
      placement, title, handler, options: offered.find(choice => choice.placement === placement)?.options ?? SAMPLE_OPTIONS[placement] ?? (/^CRM_\w+_DETAIL_/.test(placement) ? { ID: '42' } : {}),
    })),
    ...fieldTypes.map(({ TITLE, HANDLER }): PlacementChoice => ({ placement: USER_FIELD, title: TITLE, handler: HANDLER, options: SAMPLE_OPTIONS[USER_FIELD] ?? {} })),
  ]

  return {
    get bound() {
      return bound
    },
    get fieldTypes() {
      return fieldTypes
    },
    get choices() {
      return choices()
    },
    codes: CODES,
    bind(placement) {
      bound = [...bound, placement]
      onChange()
    },
    unbind(placement, handler) {
      const before = bound.length
      bound = bound.filter(known => known.placement !== placement || (handler !== null && known.handler !== handler))
      onChange()
      return before - bound.length
    },
    setFieldType(type) {
      fieldTypes = [...fieldTypes.filter(known => known.USER_TYPE_ID !== type.USER_TYPE_ID), type]
      onChange()
    },
    deleteFieldType(id) {
      const before = fieldTypes.length
      fieldTypes = fieldTypes.filter(known => known.USER_TYPE_ID !== id)
      onChange()
      return fieldTypes.length < before
    },
    handlerOf(placement) {
      return bound.findLast(known => known.placement === placement)?.handler
        ?? (placement === USER_FIELD ? fieldTypes.at(-1)?.HANDLER : undefined)
        ?? offered.find(choice => choice.placement === placement)?.handler
        ?? null
    },
    choiceOf: placement => choices().findLast(choice => choice.placement === placement),
    heightOf(placement, handler) {
      if (placement !== USER_FIELD) return null
      const height = asNumber(fieldTypes.findLast(({ HANDLER }) => handler === null || HANDLER === handler)?.OPTIONS.height)
      return height > 0 && Number.isFinite(height) ? Math.round(height) : FIELD_HEIGHT_PX
    },
  }
}
