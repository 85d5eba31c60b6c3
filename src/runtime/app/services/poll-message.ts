import type { PullMessage } from '../../types'
import { PullError } from '../../utils/errors'
import { isRecord } from '../../utils/is-record'
import { describe } from '../../utils/describe'
import { normalizeModule } from '../../utils/names'

/**
 * A message as a fetcher brought it, checked, as one that handlers can be given.
 *
 * @param given `{ module, command, params }`
 * @param now ms since epoch
 * @throws PullError `FETCHED_MESSAGE_ERROR`
 */
export function toPollMessage(given: unknown, now: number): PullMessage {
  if (!isRecord(given)) throw fetchedMessageError(`One is ${describe(given)}, not an object.`)
  const { module, command, params = {} } = given
  if (typeof command !== 'string' || !command || command === '*') throw fetchedMessageError(`The command of one is ${describe(command)}.`)
  return { module: readModule(module), command, params: copyParams(params), extra: {}, type: 'server', receivedAt: now, source: 'poll' }
}

function readModule(module: unknown): string {
  try {
    const name = normalizeModule(module)
    if (name !== '*') return name
  }
  catch (problem) {
    throw fetchedMessageError((problem as PullError).message)
  }
  throw fetchedMessageError('The module of one is \'*\'.')
}

/** A copy: development builds freeze params, and these are the app's own. */
function copyParams(params: unknown): Record<string, unknown> {
  // PHP sends `[]` for an empty object.
  if (Array.isArray(params) && !params.length) return {}
  try {
    const copy: unknown = isRecord(params) ? JSON.parse(JSON.stringify(params)) : null
    if (isRecord(copy)) return copy
  }
  catch {
    // Said below.
  }
  throw fetchedMessageError(`The params of one are ${describe(params)}, not an object of JSON values.`)
}

const fetchedMessageError = (detail: string): PullError => new PullError({
  code: 'FETCHED_MESSAGE_ERROR',
  message: `A fetcher of usePullRefresh() brought something that is no message. ${detail}`,
  why: 'A list that a fetcher returns is taken for messages, which run through the handlers; the others of the list did.',
  fix: 'Return a list of { module, command, params }, or nothing where the fetcher puts the data into place itself.',
})
