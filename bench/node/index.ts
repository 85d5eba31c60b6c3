import process from 'node:process'
import { dispatch } from './dispatch'
import { heap } from './heap'
import { inspect } from './inspect'
import { life } from './life'

// A process of its own for each part; its one message is the result.

const [part, effort, run] = process.argv.slice(2)
const isQuick = effort === 'quick'
const parts: Record<string, () => Promise<unknown>> = {
  dispatch: () => dispatch(isQuick ? { rounds: 3, turn: 10 } : { rounds: 9, turn: 40 }),
  life: () => life(isQuick ? { rounds: 3, slowRounds: 1 } : { rounds: 21, slowRounds: 5 }),
  inspect: () => inspect(isQuick ? 3 : 21, Number(run)),
  heap: () => heap(isQuick ? 100_000 : 1_000_000),
}

const result = await parts[part ?? '']?.()
process.send?.(result, () => process.exit())
