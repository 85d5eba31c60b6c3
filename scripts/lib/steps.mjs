import { join } from 'node:path'
import { fromConsumers, fromVitest, oneCheck } from './counts.mjs'
import { packAndBuild } from './packed.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { Stop } from './stop.mjs'

/** A hanging test must not hang a build machine for good. */
const DEADLINE = 20 * 60_000

/**
 * @typedef {object} Step
 * @property {string} name as given to `npm test -- <name>`
 * @property {string} what for the table
 * @property {boolean} [browser] needs a Chromium
 * @property {(context: { env: NodeJS.ProcessEnv, reports: string }) => Promise<import('./counts.mjs').Counts>} run `reports` is a folder for temporary files
 */

/** @type {Step[]} in the order in which they run: the quick ones first */
export const STEPS = [
  check('lint', 'ESLint', ({ env }) => must('eslint', ['.'], env)),
  check('typecheck', 'vue-tsc on the repository', ({ env }) => must('vue-tsc', ['--noEmit'], env)),
  project('unit', 'pure code'),
  project('types', 'assertions about types'),
  project('nuxt', 'inside Nuxt'),
  project('memory', 'garbage collection'),
  check('package', 'package packed, playground built with it', async ({ env }) => void await packAndBuild(env)),
  // With the packed types, as users have them; with the stub's, the playground's rules would be applied to the sources.
  check('typecheck-playground', 'vue-tsc on the playground', async ({ env }) => must('nuxt', ['typecheck'], env, (await packAndBuild(env)).appDir)),
  { ...project('contract', 'every push server, Chromium'), browser: true },
  { ...project('chaos', 'broken input, faults and counts, Chromium'), browser: true },
  { ...project('e2e', 'Chromium, dev portal, built package'), browser: true },
  { name: 'consumers', what: 'the package in fresh apps (one test per app)', browser: true, run: tryConsumers },
]

/**
 * @param {string[]} names none means all
 * @throws {Stop} for a name that is not a step
 */
export function chooseSteps(names) {
  const unknown = names.find(name => !STEPS.some(step => step.name === name))
  if (unknown !== undefined) {
    throw new Stop(
      `There is no test step "${unknown}".`,
      'the words after `npm test --` name the steps to run.',
      `Choose from: ${STEPS.map(step => step.name).join(', ')}. To run single files use \`npx vitest run <file>\`.`,
    )
  }
  return STEPS.filter(step => names.length === 0 || names.includes(step.name))
}

/** @returns {Step} something that either succeeds or throws */
function check(name, what, work) {
  return { name, what: `${what} (one check)`, run: context => work(context).then(() => oneCheck(true)) }
}

async function must(command, args, env, cwd = root) {
  const code = await run(command, args, { env, cwd, deadline: DEADLINE })
  if (code !== 0) throw new Stop(`\`${command} ${args.join(' ')}\` failed.`, `it ended with code ${code}.`, 'Correct what it names above.')
}

/** @type {Step['run']} */
async function tryConsumers({ env, reports }) {
  const file = join(reports, 'consumers.json')
  return fromConsumers(file, await run('node', ['test/consumers/run.ts', `--counts=${file}`], { env, deadline: DEADLINE }))
}

/** @returns {Step} a project of vitest.config.ts */
function project(name, what) {
  return {
    name,
    what,
    run: async ({ env, reports }) => {
      const file = join(reports, `${name}.json`)
      const args = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      return fromVitest(file, await run('vitest', args, { env, deadline: DEADLINE }))
    },
  }
}
