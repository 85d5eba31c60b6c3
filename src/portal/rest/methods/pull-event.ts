import { COMMAND_PATTERN, MODULE_PATTERN } from '../../../runtime/utils/name-patterns'
import type { People } from '../../people/people'
import { asRecord, asText, decoded, param } from '../params'
import type { RestCaller, RestMethod } from '../types'
import { RestError } from '../types'
import { assertApplication } from './pull-config'

export interface PullEventDeps {
  appName: string
  people: People
  /** Sends to these users, or to everybody when null. */
  emit: (event: { module: string, command: string, params: Record<string, unknown>, userIds: number[] | null }) => void
  /** A push notification for mobile: the portal only shows it. */
  onNotification: (notification: { userIds: number[], text: string, avatar: string | null }) => void
}

/** `pull.application.event.add`, `pull.application.push.add`, `pull.watch.extend`. */
export function pullEventMethods({ appName, people, emit, onNotification }: PullEventDeps): [string, RestMethod][] {
  return [
    ['pull.application.event.add', (params, caller) => {
      assertApplication(caller)
      const userIds = receivers(decoded(param(params, 'USER_ID')), caller)
      const module = param(params, 'MODULE_ID') ?? 'application'
      if (typeof module !== 'string' || !MODULE_PATTERN.test(module)) {
        throw new RestError('MODULE_ID_ERROR', 'Module ID format error. Allowed characters: a-z, 0-9, dot, underscore.')
      }
      const command = asText(param(params, 'COMMAND'))
      if (command === null || !COMMAND_PATTERN.test(command)) {
        throw new RestError('COMMAND_ERROR', 'Command format error. Allowed characters: A-Z, a-z, 0-9, underscore, colon, pipe, dot, hyphen.')
      }
      const given = decoded(param(params, 'PARAMS'))
      const eventParams = given === undefined || given === null ? {} : asRecord(given)
      if (eventParams === null) throw new RestError('PARAMS_ERROR', 'Params format error. An array or an object is expected.')
      emit({ module, command, params: eventParams, userIds })
      return true
    }],
    ['pull.application.push.add', (params, caller) => {
      assertApplication(caller)
      if (!caller.user.isAdmin) throw new RestError('ACCESS_ERROR', 'You do not have access to send push notifications.')
      const given = numbers(decoded(param(params, 'USER_ID')))
      const text = asText(param(params, 'TEXT'))
      if (text === null || text.trim() === '') throw new RestError('TEXT_ERROR', 'Text can\'t be empty.')
      if (appName === '') throw new RestError('EMPTY_APP_NAME', 'The application has no name to show.')
      onNotification({
        userIds: (given.length === 0 ? [caller.user.id] : given).filter(id => people.has(id)),
        text,
        avatar: asText(param(params, 'AVATAR')),
      })
      return true
    }],
    ['pull.watch.extend', (params, caller) => {
      assertApplication(caller)
      const tags = Array.isArray(params.tags) ? params.tags : []
      // Only PHP on the portal's own server adds tags, and here there is none: nothing is subscribed.
      return tags.length === 0 ? [] : Object.fromEntries(tags.map(tag => [String(tag), false]))
    }],
  ]
}

/** Only an admin may name others; a user may name itself. */
function receivers(given: unknown, { user }: RestCaller): number[] | null {
  if (given === undefined || given === null || given === '' || (Array.isArray(given) && given.length === 0)) return null
  const ids = numbers(given)
  if (ids.length === 0 || (!user.isAdmin && ids.some(id => id !== user.id))) {
    throw new RestError('USER_ID_ACCESS_ERROR', 'Only an administrator can send an event to other users.')
  }
  return ids
}

function numbers(given: unknown): number[] {
  const all = Array.isArray(given) ? given : [given]
  const ids = all.map(Number)
  return ids.every(id => Number.isSafeInteger(id) && id > 0) ? [...new Set(ids)] : []
}
