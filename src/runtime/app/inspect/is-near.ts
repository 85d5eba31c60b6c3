/** Letters that may be wrong, missing, too many or in each other's place. */
const LIMIT = 2

/** Whether two names are a slip of the fingers apart: not the same, and at most two letters from each other. Of very short names, one. */
export function isNear(a: string, b: string): boolean {
  return slipsBetween(a, b) !== null
}

/** By how many letters two names are apart; `null` where that is no slip of the fingers. */
export function slipsBetween(a: string, b: string): number | null {
  if (a === b || Math.abs(a.length - b.length) > LIMIT) return null
  const limit = Math.min(a.length, b.length) <= 4 ? 1 : LIMIT
  const slips = distance(a, b)
  return slips <= limit ? slips : null
}

/** Optimal string alignment: letters to put in, to take out, to replace, and neighbours to swap. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
