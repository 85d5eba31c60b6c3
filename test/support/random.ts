import process from 'node:process'

/** A source of random values that gives the same ones for the same seed. */
export interface Random {
  /** From 0 to 1. */
  next: () => number
  /** A whole number from 0 up to but not including `end`. */
  below: (end: number) => number
  pick: <T>(values: readonly T[]) => T
  /** True with this probability. */
  chance: (probability: number) => boolean
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return { next, below, pick: values => values[below(values.length)]!, chance: probability => next() < probability }
}

/** The seed of this run: `SEED`, or a new one. Printed, so that a failure can be repeated. */
export function chooseSeed(what: string): number {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32))
  console.info(`${what}: SEED=${seed} repeats this run.`)
  return seed
}
