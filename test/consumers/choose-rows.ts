import { Stop } from '../../scripts/lib/stop.mjs'
import type { Row } from './matrix.ts'
import { ROWS } from './matrix.ts'

/**
 * The rows of these names.
 * @param names none means all
 * @throws {Stop} for a name that is no row's
 */
export function chooseRows(names: string[]): Row[] {
  const unknown = names.find(name => !ROWS.some(row => row.name === name))
  if (unknown !== undefined) {
    throw new Stop(
      `There is no consumer "${unknown}".`,
      'the words after `npm run test:package --` name the rows of the matrix to try.',
      `Choose from: ${ROWS.map(row => row.name).join(', ')}.`,
    )
  }
  return ROWS.filter(row => names.length === 0 || names.includes(row.name))
}
