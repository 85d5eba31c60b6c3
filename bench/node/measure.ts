import { measure } from 'mitata'
import { turns } from '../lib/rounds.mjs'

export interface Effort {
  /** How often all contestants take their turn. */
  rounds: number
  /** ms for each turn. */
  turn: number
}

/**
 * The cost of one call of each, in ns: the median of each turn. All take turns, in another order each round, so that whatever
 * slows the machine down for a while slows all of them.
 */
export async function interleave<K>(work: ReadonlyMap<K, () => unknown>, { rounds, turn }: Effort): Promise<Map<K, number[]>> {
  const seen = new Map<K, number[]>([...work.keys()].map(key => [key, []]))
  for (let round = 0; round < rounds; round++) {
    for (const key of turns([...work.keys()], round)) {
      const { p50 } = await measure(work.get(key)!, { min_cpu_time: turn * 1e6, min_samples: 5, batch_samples: 256 })
      seen.get(key)!.push(p50)
    }
  }
  return seen
}
