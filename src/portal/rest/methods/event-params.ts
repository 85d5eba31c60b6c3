import { asNumber, asText } from '../../untrusted'
import { param } from '../params'
import type { RestCaller, RestParams } from '../types'
import { RestError } from '../types'
import { assertAdmin, assertApplication } from './access'

/** What `event.bind` and `event.unbind` are told. */
export interface EventParams {
  event: string
  isOffline: boolean
  /** Empty for an offline one. */
  handler: string
  /** Source key of an offline one. */
  connector: string
}

/** What both methods ask for, in the platform's order (its `Rest\Api\Event`): a name, a type, and an address unless it is an offline one. */
export function readEventParams(params: RestParams, caller: RestCaller, doing: 'binding' | 'unbinding'): EventParams {
  const event = textOf(params, 'EVENT').toUpperCase()
  if (event === '') throw missing('EVENT')
  const type = textOf(params, 'EVENT_TYPE').toLowerCase() || 'online'
  if (type !== 'online' && type !== 'offline') throw new RestError('ERROR_ARGUMENT', 'Value must be one of {online|offline}')
  const isOffline = type === 'offline'
  if (isOffline) assertAdmin(caller, `Access denied! Offline events ${doing} requires administrator access rights`)
  const handler = isOffline ? '' : textOf(params, 'HANDLER')
  if (!isOffline && handler === '') throw missing('HANDLER')
  return { event, isOffline, handler, connector: caller.connector }
}

/** In whose name a handler is to be called; 0 = of whoever causes the event. An employee binds in his own name only. */
export function readBoundUser(params: RestParams, caller: RestCaller): number {
  assertApplication(caller)
  const userId = toInt(param(params, 'AUTH_TYPE'))
  if (userId <= 0) return caller.user.isAdmin ? 0 : caller.user.id
  if (userId !== caller.user.id) assertAdmin(caller, 'Access denied! Event binding with AUTH_TYPE requires administrator access rights')
  return userId
}

/** Whose handlers are to be unbound; null = everybody's. An employee may name himself as a number only: the platform compares with one. */
export function readUnboundUser(params: RestParams, caller: RestCaller): number | null {
  const given = param(params, 'AUTH_TYPE')
  if (given === undefined || given === null) return caller.user.isAdmin ? null : caller.user.id
  if (given !== caller.user.id) assertAdmin(caller, 'Access denied! Event unbinding with AUTH_TYPE requires administrator access rights')
  return toInt(given)
}

function textOf(params: RestParams, name: string): string {
  return asText(param(params, name)) ?? ''
}

function missing(name: string): RestError {
  return new RestError('ERROR_ARGUMENT', `Argument '${name}' is null or empty`)
}

function toInt(value: unknown): number {
  return Math.trunc(asNumber(value)) || 0
}
