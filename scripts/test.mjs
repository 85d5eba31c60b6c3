import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bootstrap } from './bootstrap.mjs'
import { oneCheck, summaryLine, total } from './lib/counts.mjs'
import { endAllOnSignal, endAllWithParent } from './lib/run.mjs'
import { runBeside } from './lib/schedule.mjs'
import { chooseSteps } from './lib/steps.mjs'
import { report } from './lib/stop.mjs'
import { printTable, processorTime } from './lib/table.mjs'

// `npm test` runs everything, `npm test -- unit e2e` the named steps, `npm test -- quick` a part of each. Steps run beside each other
// where there are cores for it; one that fails does not keep the next from running.

endAllOnSignal()
endAllWithParent()
const reports = mkdtempSync(join(tmpdir(), 'nuxt-b24-pull-test-'))
const results = []
const begun = processorTime()
try {
  // Should this process die, what was running counts as failed.
  saveSummary({ ...total([]), failed: 1 })
  const { steps, extent } = chooseSteps(process.argv.slice(2))
  const env = await bootstrap({ browser: steps.some(step => step.browser) })
  const isAlone = steps.length === 1
  const ordered = await runBeside(steps, {
    cores: availableParallelism(),
    run: async (step) => {
      const result = isAlone ? await tryStep(step, { env, reports, extent, stdio: ['ignore', 'inherit', 'inherit'] }) : await tryBeside(step, { env, reports, extent })
      results.push(result)
      const known = total(results)
      saveSummary(results.length < steps.length ? { ...known, failed: known.failed + 1 } : known)
      return result
    },
  })
  const all = total(ordered)
  printTable(ordered, begun)
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

/** Runs a step whose words would mix with those of others: they are kept, and printed when it has ended. */
async function tryBeside(step, context) {
  console.log(`── ${step.name} begins: ${step.what}`)
  const log = join(reports, `${step.name}.log`)
  const output = openSync(log, 'a')
  const result = await tryStep(step, { ...context, stdio: ['ignore', output, output] }, text => writeFileSync(output, `${text}\n`))
  closeSync(output)
  console.log(`\n── ${step.name}: ${step.what}\n${readFileSync(log, 'utf8').trimEnd()}\n── ${step.name}: ${summaryLine(result)} in ${result.seconds} s\n`)
  return result
}

async function tryStep(step, context, say) {
  if (!say) console.log(`\n── ${step.name}: ${step.what}`)
  const started = Date.now()
  const counts = await step.run(context).catch((error) => {
    report(error, say)
    return oneCheck(false)
  })
  return { ...step, ...counts, seconds: Math.round((Date.now() - started) / 1000) }
}

/** `.ci/run` reads this file, so that it has an answer even when this process dies. */
function saveSummary(counts) {
  if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, `${summaryLine(counts)}\n`)
}
