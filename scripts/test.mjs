import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bootstrap } from './bootstrap.mjs'
import { oneCheck, summaryLine, total } from './lib/counts.mjs'
import { endAllOnSignal } from './lib/run.mjs'
import { chooseSteps } from './lib/steps.mjs'
import { report } from './lib/stop.mjs'

// `npm test` runs everything, `npm test -- unit e2e` the named steps. A step that fails does not keep the next from running.

endAllOnSignal()
const reports = mkdtempSync(join(tmpdir(), 'nuxt-b24-pull-test-'))
const results = []
try {
  // Should this process die, what was running counts as failed.
  saveSummary({ ...total([]), failed: 1 })
  const steps = chooseSteps(process.argv.slice(2))
  const env = await bootstrap({ browser: steps.some(step => step.browser) })
  for (const step of steps) {
    console.log(`\n── ${step.name}: ${step.what}`)
    const started = Date.now()
    const counts = await step.run({ env, reports }).catch((error) => {
      report(error)
      return oneCheck(false)
    })
    results.push({ ...step, ...counts, seconds: Math.round((Date.now() - started) / 1000) })
    const known = total(results)
    saveSummary(results.length < steps.length ? { ...known, failed: known.failed + 1 } : known)
  }
  const all = total(results)
  printTable(results)
  console.log(summaryLine(all))
  process.exitCode = all.failed > 0 ? 1 : 0
}
catch (error) {
  process.exitCode = report(error)
  const known = total(results)
  console.log(summaryLine({ ...known, failed: known.failed + 1 }))
}
finally {
  rmSync(reports, { recursive: true, force: true })
}

function printTable(rows) {
  console.log('\nstep                     passed  failed  skipped    time')
  for (const { name, passed, failed, skipped, seconds, note } of rows) {
    const cells = [passed, failed, skipped].map(n => String(n).padStart(8)).join('')
    console.log(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(21)}${cells}${`${seconds} s`.padStart(9)}${note ? `  ${note}` : ''}`)
  }
  console.log('Lint, type checks and the package count as one check each; all other numbers are tests.\n')
}

/** `.ci/run` reads this file, so that it has an answer even when this process dies. */
function saveSummary(counts) {
  if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, `${summaryLine(counts)}\n`)
}
