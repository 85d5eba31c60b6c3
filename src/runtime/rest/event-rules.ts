import { PullError } from '../utils/errors'
import { COMMAND_PATTERN, MODULE_PATTERN } from '../utils/name-patterns'
import { describe } from '../utils/describe'
import { normalizeModule } from '../utils/names'
import { checkParams } from './params-rules'
import { checkReceivers } from './user-ids'
import type { Receivers } from './user-ids'

/** An event to send, as the caller gave it. */
export interface EventInput {
  module: unknown
  command: unknown
  params: unknown
  userId?: unknown
}

/** Parameters of `pull.application.event.add`. */
export type EventParams = {
  MODULE_ID: string
  COMMAND: string
  PARAMS: Record<string, unknown>
  USER_ID?: Receivers
}

/**
 * Checks an event by the platform's own rules before the call, so that a mistake is told at once and in words.
 *
 * @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, `PARAMS_ERROR`, `USER_ID_ERROR`
 * @see https://apidocs.bitrix24.com/api-reference/interactivity/push-and-pull/pull-application-event-add.html
 */
export function toEventParams({ module, command, params, userId }: EventInput): EventParams {
  const moduleId = normalizeModule(module)
  if (!MODULE_PATTERN.test(moduleId)) throw moduleError(`'${moduleId}' is not a module id that can be sent.`)
  if (typeof command !== 'string' || !COMMAND_PATTERN.test(command)) throw commandError(`${describe(command)} is not a command that can be sent.`)
  return {
    MODULE_ID: moduleId,
    COMMAND: command,
    PARAMS: checkParams(params),
    ...(userId !== undefined && { USER_ID: checkReceivers(userId, receiversFix) }),
  }
}

export const moduleError = (message: string, cause?: unknown): PullError => new PullError({
  code: 'MODULE_ID_ERROR',
  message,
  why: 'The platform accepts lower-case letters, digits, `.` and `_` in module ids.',
  fix: 'Use \'application\' (the default), or a module id of your own made of these characters.',
  cause,
})

export const commandError = (message: string, cause?: unknown): PullError => new PullError({
  code: 'COMMAND_ERROR',
  message,
  why: 'The platform accepts latin letters, digits and `_ : | . -` in commands.',
  fix: 'Rename the command, for example \'reload.options\'.',
  cause,
})

const receiversFix = 'Give one positive whole number or a list of them; leave `userId` out to reach every user of the app.'
