import { join } from 'node:path'
import { fromConsumers, fromVitest, oneCheck } from './counts.mjs'
import { packAndBuild } from './packed.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { Stop } from './stop.mjs'

/** A hanging test must not hang a build machine for good. */
const DEADLINE = 45 * 60_000

/**
 * How much of each step: `quick` is one row of each kind, for whoever is at work; `usual` is what every change has to pass; `full` has
 * the long runs too, of what is random, and of what others publish.
 * @typedef {'quick' | 'usual' | 'full'} Extent
 */

/**
 * @typedef {object} Context
 * @property {NodeJS.ProcessEnv} env of its tools
 * @property {string} reports a folder for temporary files
 * @property {Extent} extent how much of it
 * @property {import('node:child_process').StdioOptions} stdio where tools are to speak
 *
 * @typedef {object} Step
 * @property {string} name as given to `npm test -- <name>`
 * @property {string} what for the table
 * @property {number} cores how many it keeps busy; less than one: it mostly waits
 * @property {string[]} [after] steps that have to be over
 * @property {boolean} [browser] needs a Chromium
 * @property {boolean} [isQuick] runs, if only a part of it, where it has to be quick
 * @property {boolean} [isFull] runs only to the full extent, or where it is named
 * @property {(context: Context) => Promise<import('./counts.mjs').Counts>} run rejects where it did not come to counts
 */

/** @type {Step[]} in the order in which they start: what says most in a moment first, then what others wait for, then the longest */
export const STEPS = [
  { ...check('lint', 'ESLint', context => must('eslint', ['.'], context)), isQuick: true },
  project('types', 'types of the repository, and assertions about them', { quick: [] }),
  check('package', 'package packed, playground built with it', async context => must('node', ['scripts/packed.mjs'], context)),
  project('unit', 'pure code', { cores: 0.5, quick: [], full: ['--mode', 'long'] }),
  project('e2e', 'the packed package, Chromium, real servers', { browser: true, after: ['package'], full: ['--mode', 'long'] }),
  { name: 'consumers', what: 'the package in fresh apps (one test per app)', cores: 1, after: ['package'], browser: true, run: tryConsumers },
  project('contract', 'every push server, Chromium', { browser: true, cores: 0.5, quick: ['test/contract/chromium/v5-websocket.test.ts'] }),
  project('chaos', 'broken input, faults and counts, Chromium', { browser: true, quick: ['test/chaos/start.test.ts'], full: ['--mode', 'long'] }),
  project('shared', 'one connection for all frames, Chromium as people have it', { browser: true, cores: 0.5 }),
  project('pages', 'pages built from the sources, Chromium', { browser: true, quick: ['test/pages/push-notification.test.ts'] }),
  project('docs', 'pages and their examples against the sources', { quick: ['test/docs/links.test.ts', 'test/docs/contributing.test.ts'] }),
  // With the packed types, as users have them; with the stub's, the playground's rules would be applied to the sources.
  { ...check('typecheck-playground', 'vue-tsc on the playground', async context => must('nuxt', ['typecheck'], context, (await packAndBuild(context.env)).appDir)), after: ['package'] },
  project('nuxt', 'inside Nuxt', { quick: [] }),
  project('build', 'the module while Nuxt starts', { quick: ['test/build/options.test.ts'] }),
  project('memory', 'garbage collection', { quick: [] }),
  { ...check('unused', 'knip', context => must('knip', ['--no-progress'], context)), isFull: true },
]

/** @type {Extent[]} */
const EXTENTS = ['quick', 'usual', 'full']

/**
 * @param {string[]} words names of steps, none means all; and an extent
 * @returns {{ steps: Step[], extent: Extent }} what is to run
 * @throws Stop for a name that is not a step
 */
export function chooseSteps(words) {
  const extent = EXTENTS.find(word => words.includes(word)) ?? 'usual'
  const names = words.filter(word => word !== extent)
  const unknown = names.find(name => !STEPS.some(step => step.name === name))
  if (unknown !== undefined) {
    throw new Stop(
      `There is no test step "${unknown}".`,
      'the words after `npm test --` name the steps to run.',
      `Choose from: ${STEPS.map(step => step.name).join(', ')}; \`quick\` or \`full\` before them for less or more of each. To run single files use \`npx vitest run <file>\`.`,
    )
  }
  return { extent, steps: STEPS.filter(({ name, isQuick, isFull }) => names.length > 0 ? names.includes(name) : isFull ? extent === 'full' : isQuick || extent !== 'quick') }
}

/** @returns {Step} something that either succeeds or throws */
function check(name, what, work) {
  return { name, what: `${what} (one check)`, cores: 1, run: context => work(context).then(() => oneCheck(true)) }
}

async function must(command, args, { env, stdio }, cwd = root) {
  const code = await run(command, args, { env, cwd, stdio, deadline: DEADLINE })
  if (code !== 0) throw new Stop(`\`${command} ${args.join(' ')}\` failed.`, `it ended with code ${code}.`, 'Correct what it names above.')
}

/** @type {Step['run']} */
async function tryConsumers({ env, reports, extent, stdio }) {
  const file = join(reports, 'consumers.json')
  return fromConsumers(file, await run('node', ['test/consumers/run.ts', `--counts=${file}`, `--extent=${extent}`], { env, stdio, deadline: DEADLINE }))
}

/**
 * @param {string} name of a project of vitest.config.ts
 * @param {string} what
 * @param {{ quick?: string[], full?: string[] } & Partial<Step>} options `quick`: the files that stand for it, none for all of them; without it there is nothing quick. `full`: arguments of the long run
 * @returns {Step} one that counts tests
 */
function project(name, what, { quick, full = [], ...step } = {}) {
  return {
    name,
    what,
    cores: 1,
    isQuick: quick !== undefined,
    ...step,
    run: async ({ env, reports, extent, stdio }) => {
      const file = join(reports, `${name}.json`)
      const more = extent === 'quick' ? quick ?? [] : extent === 'full' ? full : []
      const args = ['run', '--project', name, ...more, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      return fromVitest(file, await run('vitest', args, { env, stdio, deadline: DEADLINE }))
    },
  }
}
