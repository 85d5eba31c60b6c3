import process from 'node:process'
import { packAndBuild } from '../../../scripts/lib/packed.mjs'
import { endAllOnSignal } from '../../../scripts/lib/run.mjs'
import { report } from '../../../scripts/lib/stop.mjs'
import budgets from './budgets.json' with { type: 'json' }
import { measurePackage } from './measure.ts'
import { overPackageBudget } from './over-budget.ts'

// `npm run size:package`: what the tarball weighs; exit code 1 when something is over its budget.

endAllOnSignal()
try {
  const size = measurePackage(await packAndBuild())
  const problems = overPackageBudget(size, budgets)
  console.log(`\nPacked ${size.packed} bytes of ${budgets.packed}, unpacked ${size.unpacked} of ${budgets.unpacked}, in ${size.files} files. Bytes unpacked:`)
  console.table(size.parts)
  console.log('Bytes of this package\'s own code by export:')
  console.table(size.exports)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
catch (error) {
  process.exitCode = report(error)
}
