import { COMMAND_PATTERN, MODULE_PATTERN } from '../../../runtime/utils/name-patterns'
import type { People } from '../../people/people'
import { param } from '../params'
import { asNumber, asRecord, asText } from '../../untrusted'
import { fromJsonText } from '../../json'
import { toPhpValue } from '../php-value'
import type { RestCaller, RestMethod } from '../types'
import { RestError } from '../types'
import { assertPullApplication } from './pull-config'

export interface PullEventDeps {
  appName: string
  people: People
  /** Sends to these users, or to everybody when null. */
  emit: (event: { module: string, command: string, params: Record<string, unknown> | unknown[], userIds: number[] | null }) => void
  /** A push notification for mobile: the portal only shows it. */
  onNotification: (notification: { userIds: number[], text: string, avatar: string | null }) => void
  /** `USER_ID` was given, names nobody, and so the event goes to everybody. */
  onShared?: (given: unknown) => void
}

/** `pull.application.event.add`, `pull.application.push.add`, `pull.watch.extend`. */
export function pullEventMethods({ appName, people, emit, onNotification, onShared }: PullEventDeps): [string, RestMethod][] {
  return [
    ['pull.application.event.add', (params, caller) => {
      assertPullApplication(caller)
      const given = param(params, 'USER_ID')
      const userIds = receivers(given, caller)
      const module = param(params, 'MODULE_ID') ?? 'application'
      if (typeof module !== 'string' || (module !== '' && !MODULE_PATTERN.test(module))) throw new RestError('MODULE_ID_ERROR', 'Module ID format error, allow only: a-z 0-9 . _')
      const command = asText(param(params, 'COMMAND'))
      if (command === null || !COMMAND_PATTERN.test(command)) throw new RestError('COMMAND_ERROR', 'Command format error, allow only: A-Z a-z 0-9 _ : | . -')
      const content = fromJsonText(param(params, 'PARAMS') ?? {})
      if (typeof content !== 'object' || content === null) throw new RestError('PARAMS_ERROR', 'Params format error')
      if (userIds === null && given !== undefined && given !== null) onShared?.(given)
      emit({ module, command, params: toPhpValue(content) as Record<string, unknown> | unknown[], userIds })
      return true
    }],
    ['pull.application.push.add', (params, caller) => {
      assertPullApplication(caller, 'Send push notifications available only for application authorization.')
      if (!caller.user.isAdmin) throw new RestError('ACCESS_ERROR', 'You do not have access to send push notifications')
      const text = asText(param(params, 'TEXT'))
      if (text === null || text.trim() === '') throw new RestError('TEXT_ERROR', 'Text can\'t be empty')
      if (appName === '') throw new RestError('EMPTY_APP_NAME', 'For send push-notification application name can\'t be empty')
      // Without a receiver it is taken, and reaches nobody.
      onNotification({ userIds: userIdsOf(param(params, 'USER_ID')).filter(id => people.has(id)), text, avatar: asText(param(params, 'AVATAR')) })
      return true
    }],
    ['pull.watch.extend', (params) => {
      const given = fromJsonText(param(params, 'TAGS'))
      const tags = Object.values(asRecord(given) ?? (asText(param(params, 'TAGS')) ? [param(params, 'TAGS')] : []))
      // Only PHP on the portal's own server adds tags, and here there is none: nothing is subscribed.
      return tags.length === 0 ? false : Object.fromEntries(tags.map((tag): [string, false] => [asText(tag) ?? '', false]))
    }],
  ]
}

/** Only an administrator may name others. An employee may name himself, compared as PHP compares with its text of an id: only as a text. */
function receivers(given: unknown, { user }: RestCaller): number[] | null {
  if (given === undefined || given === null) return null
  if (user.isAdmin) return isShared(fromJsonText(given)) ? null : userIdsOf(given)
  if (given === String(user.id)) return [user.id]
  throw new RestError('USER_ID_ACCESS_ERROR', 'Only admin can send notifications to other channels')
}

/** What PHP casts to the user 0 is the shared channel; a text that is no JSON counts as not given. */
function isShared(value: unknown): boolean {
  return value === null || (value !== true && typeof value !== 'object' && Math.trunc(Number.parseFloat(String(value)) || 0) === 0)
}

/** Users of a number, a list, or JSON text of either; what is no id reaches nobody. */
function userIdsOf(given: unknown): number[] {
  const value = fromJsonText(given)
  const ids = Object.values(asRecord(value) ?? [value]).map(asNumber)
  return [...new Set(ids.filter(id => Number.isSafeInteger(id) && id > 0))]
}
