import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { overBudget } from './lib/budgets.mjs'
import { quietOutput } from './lib/quiet.mjs'

// What the module adds to a Nuxt app. `npm run size`, or `npm run --silent size -- --json` for one JSON object and nothing else
// (npm itself prints a line without `--silent`); exit code 1 when something is over its budget.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const print = quietOutput(values.json)
const { toolEnvironment } = await import('../scripts/lib/node.mjs')
const { packAndBuild } = await import('../scripts/lib/packed.mjs')
const { measureSizes } = await import('./lib/size.mjs')

Object.assign(process.env, toolEnvironment())
const sizes = await measureSizes(await packAndBuild())
const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'))
const problems = overBudget(sizes, budgets)
if (values.json) {
  print(`${JSON.stringify({ ...sizes, budgets, problems })}\n`)
}
else {
  console.table({ 'entry, Pinia alone': sizes.entry.withPinia, 'entry, with the module': sizes.entry.withModule, 'the module adds': sizes.entry.growth })
  console.log('Loaded later, bytes gzipped:')
  console.table(sizes.later)
  console.log('A composable adds, bytes gzipped:')
  console.table(sizes.composables)
  for (const problem of problems) console.error(problem)
}
process.exitCode = problems.length ? 1 : 0
