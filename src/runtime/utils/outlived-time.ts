import { epochNow } from './clock'

// The one file that reckons with times which outlive a page: written down before a reload, or by another page. No clock of a page's
// own reaches that far, and the machine's time may have been changed since.

/** ms that have passed since a moment in ms since epoch; `null` where that is yet to come, so that nothing is known. */
export function ageOf(moment: number): number | null {
  const age = epochNow() - moment
  return age >= 0 ? age : null
}
