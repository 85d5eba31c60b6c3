import type { SchemaLookup } from '../schema/command-schemas'
import { PullError } from '../utils/errors'
import { EVENT_ADD } from './event-method'
import { commandError, moduleError, toEventParams } from './event-rules'
import type { EventInput, EventParams } from './event-rules'
import { markOwn } from './own-mark'
import { paramsError } from './params-rules'
import { applySchema } from '../schema/apply-schema'

/** Calls one REST method. Rejects with a {@link PullError} whose `cause` holds the platform's `code` and `description`. */
export type CallRest = (method: string, params: Record<string, unknown>) => Promise<unknown>

/** What a page adds to an event that it sends. */
export interface SendingPage {
  /** By which the page knows its own events when they come back. */
  pageId: string
  /** The schemas which params have to match. */
  schemaOf: SchemaLookup | undefined
}

/**
 * Sends an event by `pull.application.event.add`.
 *
 * @throws PullError
 */
export async function sendEvent(call: CallRest, event: EventInput, page?: SendingPage): Promise<void> {
  const params = toEventParams(event)
  if (page) {
    await checkBySchema(params, page.schemaOf)
    params.PARAMS = markOwn(params.PARAMS, page.pageId)
  }
  try {
    await call(EVENT_ADD, params)
  }
  catch (error) {
    throw error instanceof PullError ? explainEvent(error, params.COMMAND, params.MODULE_ID) : error
  }
}

/** Checks params as JSON carries them: that is what receivers will validate. */
async function checkBySchema({ MODULE_ID: module, COMMAND: command, PARAMS: params }: EventParams, schemaOf: SchemaLookup | undefined): Promise<void> {
  const schema = schemaOf?.(module, command)
  if (schema) await applySchema(schema, { module, command, params }, mismatchConsequence)
}

const mismatchConsequence = {
  why: 'The file of the option `commands` says what the command carries; what is sent is checked as JSON carries it.',
  fix: 'See `issues`; correct the params or the schema. Nothing was sent.',
}

/** The errors that only this method has, in words; every other stays as the call gave it. */
export function explainEvent(error: PullError, command: string, module: string): PullError {
  const { code = '', description = '' } = (error.cause ?? {}) as { code?: string, description?: string }
  const said = description ? ` It says: ${description}` : ''
  switch (code) {
    case 'USER_ID_ACCESS_ERROR':
      return new PullError({
        code: 'USER_ID_ACCESS_ERROR',
        message: 'The current user may not send to these receivers.',
        why: 'Only an administrator of the portal may name other users; everybody else may name themselves, or nobody.',
        fix: 'Leave `userId` out to reach every user of the app, or send from the app\'s back end with an administrator\'s token.',
        cause: error.cause,
      })
    case 'MODULE_ID_ERROR':
      return moduleError(`The portal refused the module id '${module}'.${said}`, error.cause)
    case 'COMMAND_ERROR':
      return commandError(`The portal refused the command '${command}'.${said}`, error.cause)
    case 'PARAMS_ERROR':
      return paramsError(`The portal refused the params.${said}`, { cause: error.cause })
    default:
      return error
  }
}
