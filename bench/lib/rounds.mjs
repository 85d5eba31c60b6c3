/**
 * @param {readonly number[]} values
 * @param {number} share of them that is not above it, 0 to 1
 * @returns {number} one of the values, or between two of them
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below + (above - below) * (place % 1)
}

/**
 * @param {readonly number[]} values
 * @returns {number} the middle one
 */
export const median = values => quantile(values, 0.5)

/**
 * The median of what one figure is to another in each round: whatever slows a round down slows both.
 * @param {readonly number[]} values by round
 * @param {readonly number[]} others by round
 */
export function pairedRatio(values, others) {
  if (values.length !== others.length) throw new Error(`${values.length} rounds are no pairs with ${others.length}.`)
  return median(values.map((value, round) => value / others[round]))
}

/**
 * Who comes after whom in a round: there and back again, then from another one on.
 * @template T
 * @param {readonly T[]} list
 * @param {number} round from 0
 * @returns {T[]} all of the list
 */
export function turns(list, round) {
  const start = (round >> 1) % list.length
  const rotated = [...list.slice(start), ...list.slice(0, start)]
  return round % 2 ? rotated.reverse() : rotated
}

/**
 * The median of each figure.
 * @template T
 * @param {readonly T[]} runs numbers, or objects of such, however deep
 * @returns {T} as one run
 */
export function medians(runs) {
  const [first] = runs
  if (typeof first === 'number') return median(runs)
  return Object.fromEntries(Object.keys(first).map(key => [key, medians(runs.map(run => run[key]))]))
}
