import { PullError } from '../utils/errors'
import type { PullErrorDetails } from '../utils/errors'
import { isRecord } from '../utils/is-record'
import { describe } from '../utils/describe'
import { copyAsJson, writePath } from './json-copy'
import type { JsonLoss } from './json-copy'

/**
 * Bytes of params, as JSON in UTF-8. The push server drops an event of more than 1,048,576, all that is around the params included,
 * after the portal has answered that it was sent.
 */
export const MOST_BYTES = 1_000_000

/**
 * A copy of params as they will arrive.
 *
 * @throws PullError `PARAMS_ERROR`; where a value within is the reason, `issues` has its path
 */
export function checkParams(params: unknown): Record<string, unknown> {
  if (!isRecord(params)) throw paramsError(`The params are ${describe(params)}, not an object.`)
  const copy = copyAsJson(params, MOST_BYTES)
  if (!copy) throw tooLong()
  if ('loss' in copy) throw lossError(copy.loss)
  // A date, for one, is an object that JSON writes as a text.
  if (!isRecord(copy.value)) throw paramsError(`The params become ${describe(copy.value)} in JSON, not an object.`)
  if (new TextEncoder().encode(JSON.stringify(copy.value)).length > MOST_BYTES) throw tooLong()
  return copy.value
}

export const paramsError = (message: string, details: Partial<PullErrorDetails> = {}): PullError => new PullError({
  code: 'PARAMS_ERROR',
  message,
  why: 'Params travel as a JSON object.',
  fix: 'Send a plain object of strings, numbers, booleans, null, lists and plain objects; what has a toJSON(), as a Date has, goes as that.',
  ...details,
})

const lossError = ({ path, what, cause }: JsonLoss): PullError => paramsError(`${writePath('params', path)} is ${what}.`, {
  why: 'Params travel as JSON, which cannot carry this: it would be lost or changed on the way, in silence.',
  issues: [{ message: `is ${what}`, path }],
  cause,
})

const tooLong = (): PullError => paramsError(`The params are longer than ${MOST_BYTES} bytes of JSON.`, {
  why: 'The push server drops so long an event, after the portal has answered that it was sent.',
  fix: 'Send an id, and let the receivers fetch the rest.',
})
