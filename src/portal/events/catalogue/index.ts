import { CHAT_EVENTS } from './chat'
import { COMPANY_EVENTS } from './company'
import { CRM_EVENTS } from './crm'
import type { CatalogueEvent } from './event'
import { TASK_EVENTS } from './tasks'

/**
 * Events of the platform that apps bind most, from its documentation. A bot's own tokens, which the platform adds below `BOT` and
 * `COMMAND`, are left out. No Node imports here: the portal's page offers them, too.
 *
 * @see https://apidocs.bitrix24.com/api-reference/events/index.html
 */
export const EVENT_CATALOGUE = { ...CRM_EVENTS, ...TASK_EVENTS, ...CHAT_EVENTS, ...COMPANY_EVENTS } as const

/** An event of the catalogue, such as `ONCRMDEALUPDATE`. */
export type PlatformEventName = keyof typeof EVENT_CATALOGUE

/** The data of an event of the catalogue as one may fire it: what is left out is left out, and numbers become texts on the way. */
export type PlatformEventData<Name extends PlatformEventName> = Loose<(typeof EVENT_CATALOGUE)[Name]['data']> & Record<string, unknown>

type Loose<T> = T extends string ? string | number : { [Key in keyof T]?: Loose<T[Key]> }

/** What an event brings; of one that is not in the catalogue, nothing. */
export function catalogueEvent(name: string): CatalogueEvent | undefined {
  const event = name.toUpperCase()
  return Object.hasOwn(EVENT_CATALOGUE, event) ? EVENT_CATALOGUE[event as PlatformEventName] : undefined
}
