import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fingerprint, sourceFiles } from './files.mjs'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { Stop } from './stop.mjs'

const STAMP = join(root, 'node_modules/.cache/nuxt-b24-pull/prepared')

const MADE = ['dist/module.mjs', 'dist/portal-page/index.html', '.nuxt/tsconfig.json', 'playground/.nuxt/tsconfig.json', 'examples/crm-mirror/.nuxt/tsconfig.json']

/**
 * Runs `npm run dev:prepare` (Nuxt's types, the package's stub, the portal's page) when something of it is missing or
 * older than what it is made from.
 * @param {NodeJS.ProcessEnv} env
 */
export async function prepare(env) {
  const now = preparedFrom()
  if (MADE.every(file => existsSync(join(root, file))) && isStub() && lastPreparedFrom() === now) return
  console.log('Preparing (types, the package\'s stub, the portal\'s page)')
  const code = await run('npm', ['run', '--silent', 'dev:prepare'], { env })
  if (code !== 0) {
    throw new Stop(
      'The project could not be prepared.',
      `\`npm run dev:prepare\` ended with code ${code}; its own words are above.`,
      'Correct what it names, and run the command again.',
    )
  }
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, now)
}

/** Types and stubs follow from configuration and file names; runtime code may change without a new preparation. */
function preparedFrom() {
  const sources = sourceFiles(['src'])
  const configuration = sourceFiles([
    'package.json', 'package-lock.json', 'build.config.ts', 'nuxt.config.ts', 'playground/nuxt.config.ts', 'examples/crm-mirror/nuxt.config.ts', 'src/portal/page',
  ])
  const buildSide = sources.filter(file => !file.startsWith('src/runtime/') && !file.startsWith('src/portal/'))
  return fingerprint([...configuration, ...buildSide], [...sources, ...sourceFiles(['playground', 'examples'])])
}

/** `npm run prepack` leaves the real build in `dist`, which no longer follows the sources. */
function isStub() {
  return readFileSync(join(root, 'dist/module.mjs'), 'utf8').includes('jiti')
}

function lastPreparedFrom() {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined
}
