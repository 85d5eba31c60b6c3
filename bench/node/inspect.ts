import process from 'node:process'
import { effectScope } from 'vue'
import { createInspector } from '../../src/runtime/app/inspect/create-inspector'
import { median, pairedRatio, turns } from '../lib/rounds.mjs'
import { ours } from './contestants'
import { bodies } from './feed'

/** Messages of one turn. */
const TURN = 10_000

/** Who listens to the one command that comes. */
const SIZES = [1, 20]

/** What a development build's inspector costs while nobody looks. */
export interface InspectResult {
  /** ns of the processor from a message's body to its last handler, by number of listeners. */
  bySize: Record<number, { plain: number, inspected: number }>
  /** The same, with to without: the median of the rounds' ratios. */
  ratio: Record<number, number>
}

/**
 * Two pulls of a development build, one of which is watched.
 * @param rounds in which both take turns
 * @param run from 0: of two runs, each has another of the two made first
 */
export async function inspect(rounds: number, run: number): Promise<InspectResult> {
  const result: InspectResult = { bySize: {}, ratio: {} }
  for (const size of SIZES) {
    const work = new Map<'plain' | 'inspected', () => void>()
    const ends: (() => void)[] = []
    for (const name of turns(['plain', 'inspected'] as const, run)) {
      const inspector = name === 'inspected' ? createInspector() : undefined
      const contestant = await ours(inspector)
      const next = bodies('application', 'command')
      const scope = effectScope(true)
      let calls = 0
      contestant.app.runWithContext(() => scope.run(() => {
        for (let n = 0; n < size; n++) contestant.use('application', 'command', () => calls++)
      }))
      const take = () => contestant.take(next())
      take()
      if (calls !== size || (inspector && inspector.messages.length !== 1)) throw new Error(`${name} called ${calls} handlers in place of ${size}, or was not watched.`)
      work.set(name, take)
      ends.push(() => scope.stop(), contestant.close)
    }
    const seen = takeTurns(work, rounds)
    const [plain, inspected] = [seen.get('plain')!, seen.get('inspected')!]
    result.bySize[size] = { plain: median(plain), inspected: median(inspected) }
    result.ratio[size] = pairedRatio(inspected, plain)
    ends.forEach(end => end())
  }
  return result
}

/** ns of the processor per message, by round: what else the machine does makes the clock run on, but not the processor's time. */
function takeTurns<Name extends string>(work: ReadonlyMap<Name, () => void>, rounds: number): Map<Name, number[]> {
  const seen = new Map<Name, number[]>([...work.keys()].map(name => [name, []]))
  // The first rounds have the code compiled.
  for (let round = -3; round < rounds; round++) {
    for (const name of turns([...work.keys()], Math.abs(round))) {
      const run = work.get(name)!
      globalThis.gc?.()
      const before = process.cpuUsage()
      for (let i = 0; i < TURN; i++) run()
      const { user } = process.cpuUsage(before)
      if (round >= 0) seen.get(name)!.push(user * 1000 / TURN)
    }
  }
  return seen
}
