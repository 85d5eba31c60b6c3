import { effectScope } from 'vue'
import { createInspector } from '../../src/runtime/app/inspect/create-inspector'
import { median, pairedRatio } from '../lib/rounds.mjs'
import { ours } from './contestants'
import { bodies } from './feed'
import { interleave } from './measure'
import type { Effort } from './measure'

/** Who listens to the one command that comes. */
const SIZES = [1, 20]

/** What a development build's inspector costs while nobody looks. */
export interface InspectResult {
  /** ns from a message's body to its last handler, by number of listeners. */
  bySize: Record<number, { plain: number, inspected: number }>
  /** The same, with to without: the median of the rounds' ratios. */
  ratio: Record<number, number>
}

/** Two pulls of a development build, one of which is watched. */
export async function inspect(effort: Effort): Promise<InspectResult> {
  const result: InspectResult = { bySize: {}, ratio: {} }
  for (const size of SIZES) {
    const work = new Map<'plain' | 'inspected', () => void>()
    const ends: (() => void)[] = []
    for (const name of ['plain', 'inspected'] as const) {
      const inspector = name === 'inspected' ? createInspector() : undefined
      const contestant = await ours(inspector)
      const next = bodies('application', 'command')
      const scope = effectScope(true)
      let calls = 0
      contestant.app.runWithContext(() => scope.run(() => {
        for (let n = 0; n < size; n++) contestant.use('application', 'command', () => calls++)
      }))
      const run = () => contestant.take(next())
      run()
      if (calls !== size || (inspector && inspector.messages.length !== 1)) throw new Error(`${name} called ${calls} handlers in place of ${size}, or was not watched.`)
      work.set(name, run)
      ends.push(() => scope.stop(), contestant.close)
    }
    const seen = await interleave(work, effort)
    const [plain, inspected] = [seen.get('plain')!, seen.get('inspected')!]
    result.bySize[size] = { plain: median(plain), inspected: median(inspected) }
    result.ratio[size] = pairedRatio(inspected, plain)
    ends.forEach(end => end())
  }
  return result
}
