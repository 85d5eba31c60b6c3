import type { FaultName, PortalPlacementOptions, PortalUserOptions } from '../portal'
import { resolveFaultSettings } from '../portal/faults/settings'
import { isRecord } from '../runtime/utils/is-record'
import { badFlag } from './usage-error'

/** `7`, `7:Ada` or `7:Ada Lovelace:admin`. */
export function readUser(text: string): PortalUserOptions {
  const [id = '', fullName = '', role, ...rest] = text.split(':')
  const isAdmin = role === 'admin'
  if (!/^\d+$/.test(id) || (role !== undefined && !isAdmin) || rest.length) {
    throw badFlag('user', text, 'an id, a name and the word admin, with colons between: 7, 7:Ada, "7:Ada Lovelace:admin" or 7::admin')
  }
  const [name, ...lastNames] = fullName.split(' ').filter(Boolean)
  const lastName = lastNames.join(' ')
  return { id: Number(id), ...(name && { name }), ...(lastName && { lastName }), ...(isAdmin && { isAdmin }) }
}

/** `LEFT_MENU`, `CRM_DEAL_DETAIL_TAB={"ID":"42"}` or `CRM_DEAL_DETAIL_TAB@/tab={"ID":"42"}`. */
export function readPlacement(text: string): PortalPlacementOptions {
  const [, placement, handler, json] = /^(\w+)(?:@([^={]+))?(?:=(.*))?$/s.exec(text) ?? []
  if (!placement) throw badFlag('placement', text, 'a code of letters, digits and _, such as LEFT_MENU, with @ the address of its handler, and with = its options as JSON')
  return { placement, ...(handler && { handler }), ...(json !== undefined && { options: readObject('placement', json, text) }) }
}

/** `stop-pings` or `push-delay:ms=500,jitter=100`. @throws PortalError for a fault or a setting that there is not */
export function readFault(text: string): [name: FaultName, settings: Record<string, string | number>] {
  const [, name, list] = /^([\w-]+)(?::(.*))?$/s.exec(text) ?? []
  if (!name) throw badFlag('fault', text, 'a name, and after a colon its settings: stop-pings or push-delay:ms=500,jitter=100')
  const settings = (list ?? '').split(',').filter(Boolean).map((pair): [string, string | number] => {
    const [, key, value] = /^(\w+)=(.+)$/s.exec(pair) ?? []
    if (!key || value === undefined) throw badFlag('fault', text, 'a name, and after a colon pairs of key=value with commas between')
    return [key, readNumber(value)]
  })
  return [name as FaultName, resolveFaultSettings(name as FaultName, Object.fromEntries(settings))]
}

/** `on` or `off`; undefined where it was not given. */
export function readSwitch(flag: string, text: string | undefined): boolean | undefined {
  if (text !== undefined && text !== 'on' && text !== 'off') throw badFlag(flag, text, 'on or off')
  return text === undefined ? undefined : text === 'on'
}

/**
 * A JSON object.
 *
 * @param flag where it was given
 * @param text the JSON
 * @param whole all that was given, where the text is a part of it
 */
export function readObject(flag: string, text: string, whole = text): Record<string, unknown> {
  const may = whole === text ? 'a JSON object, such as {"ID":"42"}' : 'a code, = and a JSON object, such as CRM_DEAL_DETAIL_TAB={"ID":"42"}'
  let value: unknown
  try {
    value = JSON.parse(text)
  }
  catch {
    throw badFlag(flag, whole, may)
  }
  if (!isRecord(value)) throw badFlag(flag, whole, may)
  return value
}

/** A number where it is one; else the text, which whoever checks the option will name. */
export function readNumber<T extends number | string>(text: string): T {
  return (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text) as T
}

/** Ids of users, as given. */
export function readUserIds(given: readonly string[]): number[] {
  return given.map((text) => {
    if (!/^[1-9]\d*$/.test(text)) throw badFlag('user', text, 'the id of a user, such as 2')
    return Number(text)
  })
}
