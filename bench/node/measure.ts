import { measure } from 'mitata'

/** ns that one call takes, by name. */
export type Figures = Record<string, number>

export interface Effort {
  /** How often all contestants take their turn. */
  rounds: number
  /** ms for each turn. */
  turn: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * The cost of one call of each, in ns. All take turns, in another order each round, so that whatever slows the machine down for a
 * while slows all of them; the figure is the median of the rounds' medians.
 */
export async function interleave(work: Record<string, () => unknown>, { rounds, turn }: Effort): Promise<Figures> {
  const seen = new Map<string, number[]>(Object.keys(work).map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const name of rotated(Object.keys(work), round)) {
      const { p50 } = await measure(work[name]!, { min_cpu_time: turn * 1e6, min_samples: 5, batch_samples: 256 })
      seen.get(name)!.push(p50)
    }
  }
  return Object.fromEntries([...seen].map(([name, values]) => [name, median(values)]))
}

/** Begins with another one each time. */
export function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}
