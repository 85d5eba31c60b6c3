import { PullError } from './errors'
import { isRecord } from './is-record'
import { describe } from './describe'

/**
 * What a public function was given is not what it takes.
 *
 * @param what for example `The fetcher of usePullRefresh()`
 * @param given what it was
 * @param may what it may be, for example `a function`
 */
export const argumentError = (what: string, given: unknown, may: string): PullError => new PullError({
  code: 'ARGUMENT_ERROR',
  message: `${what} is ${describe(given)}.`,
  why: `It has to be ${may}.`,
  fix: 'Correct the call; TypeScript finds such mistakes where it is written.',
})

/**
 * An object with no other fields than those that mean something: where one is misspelt, an event for one user would go to all.
 *
 * @throws PullError `ARGUMENT_ERROR`
 */
export function checkFields(what: string, given: unknown, known: readonly string[]): void {
  const may = `an object with the fields ${known.join(', ')}`
  if (!isRecord(given)) throw argumentError(what, given, may)
  const other = Object.keys(given).find(field => !known.includes(field))
  if (other !== undefined) throw argumentError(`A field of ${what.charAt(0).toLowerCase()}${what.slice(1)}`, other, may)
}
