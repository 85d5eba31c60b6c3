import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { quietOutput } from './lib/quiet.mjs'

// Measures this module beside what people would use instead, all in one run.
// `npm run bench [-- --only dispatch,life,mount,storm,heap,start,shared,inspect,size] [--quick] [--json]`. A whole run writes bench/README.md.
// Before the one object of `--json` npm prints a line of its own: `npm run --silent bench -- --json`.

const ALL = ['dispatch', 'life', 'mount', 'storm', 'heap', 'start', 'shared', 'inspect', 'size']

const { values } = parseArgs({ options: {
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} })
const wanted = values.only?.split(',') ?? ALL
const unknown = wanted.find(part => !ALL.includes(part))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". Choose from: ${ALL.join(', ')}.`)
  process.exit(1)
}
const print = quietOutput(values.json)

// Before anything that builds is loaded: a development build freezes messages, warns, and tracks more.
process.env.NODE_ENV = 'production'
const { toolEnvironment } = await import('../scripts/lib/node.mjs')
Object.assign(process.env, toolEnvironment())
const { buildNodeParts } = await import('./lib/build.mjs')
const { judge } = await import('./lib/verdicts.mjs')
const { machine } = await import('./lib/machine.mjs')
const { medians } = await import('./lib/rounds.mjs')
const { toMarkdown } = await import('./lib/readme.mjs')

const nodeParts = {}
/** A part that runs in a Node process of its own. */
async function inNode(part, { kind = 'production', run = 0 } = {}) {
  nodeParts[kind] ??= await buildNodeParts(kind)
  const child = fork(nodeParts[kind], [part, values.quick ? 'quick' : 'full', String(run)], {
    // The collections that the measuring forces would else age everybody's compiled code until it is thrown away.
    execArgv: ['--expose-gc', '--no-flush-bytecode', '--no-warnings', '--import', fileURLToPath(new URL('node/environment.mjs', import.meta.url))],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', code => reject(new Error(`The part "${part}" ended with code ${code} and no result.`)))
  })
}

/** The same in several processes, one after another, and how many: what V8 makes of the same code may be worse in one of them, for all of its life. */
async function inProcesses(count, part, kind) {
  const runs = []
  for (let run = 0; run < count; run++) runs.push(await inNode(part, { kind, run }))
  return { processes: count, ...medians(runs) }
}

const parts = {
  dispatch: () => inNode('dispatch'),
  life: () => inNode('life'),
  heap: () => inNode('heap'),
  inspect: () => inProcesses(values.quick ? 1 : 9, 'inspect', 'development'),
  mount: async () => (await import('./browser/mount.mjs')).mount(values.quick ? { pages: 1, rounds: 3 } : { pages: 9, rounds: 15 }),
  storm: async () => (await import('./browser/storm.mjs')).storm(values.quick ? { rounds: 1, otherWayRounds: 1, slowRounds: 1, messages: 500 } : { rounds: 15, otherWayRounds: 7, slowRounds: 3, messages: 5000 }),
  start: async () => (await import('./browser/start.mjs')).start(values.quick ? { rounds: 3, closeRounds: 3 } : { rounds: 21, closeRounds: 61 }),
  shared: async () => (await import('./browser/shared.mjs')).shared(values.quick ? { rounds: 3, secondRounds: 3, crowdRounds: 1, seconds: 2 } : { rounds: 151, secondRounds: 15, crowdRounds: 5, seconds: 5 }),
  async size() {
    const { packAndBuild } = await import('../scripts/lib/packed.mjs')
    const { measureSizes } = await import('./lib/size.mjs')
    return measureSizes(await packAndBuild())
  },
}

const where = machine()
const results = {}
for (const part of ALL.filter(part => wanted.includes(part))) {
  console.error(`Measuring ${part} …`)
  results[part] = await parts[part]()
  // Told at once, too: the whole takes half an hour.
  for (const { claim, value, unit, relation, limit, holds } of judge({ [part]: results[part] })) console.error(`${holds ? '✓' : '✗'} ${claim}: ${value.toPrecision(3)}${unit} (${relation} ${limit}${unit})`)
}
const verdicts = judge(results)
if (values.json) {
  print(`${JSON.stringify({ machine: where, results, verdicts })}\n`)
}
else {
  const markdown = toMarkdown({ machine: where, results, verdicts })
  print(markdown)
  if (!values.only && !values.quick) writeFileSync(new URL('README.md', import.meta.url), markdown)
}
process.exit(0)
