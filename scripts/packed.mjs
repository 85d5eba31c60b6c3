import process from 'node:process'
import { packAndBuild } from './lib/packed.mjs'
import { endAllOnSignal } from './lib/run.mjs'
import { report } from './lib/stop.mjs'

// Packs the package, builds the playground with it, and prints where they are. For CI, and to look at the result by hand.

endAllOnSignal()
try {
  const { dir } = await packAndBuild()
  console.log(`Packed: ${dir}`)
}
catch (error) {
  process.exitCode = report(error)
}
