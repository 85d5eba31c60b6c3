import { Stop } from '../../scripts/lib/stop.mjs'
import type { Row, When } from './matrix.ts'
import { ROWS } from './matrix.ts'

/** What is tried at each extent of the tests; once a week it is everything. */
const TRIED: Record<string, When[]> = { usual: ['usual'], full: ['usual', 'full'], weekly: ['usual', 'full', 'weekly'] }

/**
 * The rows of these names.
 * @param names none means all of the extent
 * @param extent how much is to be tried
 * @throws Stop for a name that is no row's
 */
export function chooseRows(names: string[], extent = 'full'): Row[] {
  const unknown = names.find(name => !ROWS.some(row => row.name === name))
  if (unknown !== undefined) {
    throw new Stop(
      `There is no consumer "${unknown}".`,
      'the words after `npm run test:package --` name the rows of the matrix to try.',
      `Choose from: ${ROWS.map(row => row.name).join(', ')}.`,
    )
  }
  return ROWS.filter(row => names.length > 0 ? names.includes(row.name) : TRIED[extent]?.includes(row.when))
}
