import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { ensureChromium } from './lib/chromium.mjs'
import { installDependencies } from './lib/dependencies.mjs'
import { toolEnvironment } from './lib/node.mjs'
import { prepare } from './lib/prepare.mjs'
import { endAllOnSignal } from './lib/run.mjs'
import { report } from './lib/stop.mjs'

/**
 * Makes a clone ready: installs and prepares what is missing, says so, and is quiet otherwise. Uses nothing but Node's
 * own modules, because nothing else is there before it has run, and runs on older Nodes than the rest of the project.
 * @param {{ browser?: boolean }} [needs] `browser`: the tests in Chromium will run
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for everything that comes after
 * @throws import('./lib/stop.mjs').Stop when something is missing that cannot be installed
 */
export async function bootstrap({ browser = false } = {}) {
  await installDependencies()
  const env = toolEnvironment()
  if (browser) env.CHROMIUM_PATH = await ensureChromium()
  await prepare(env)
  return env
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  endAllOnSignal()
  bootstrap({ browser: process.argv.includes('--browser') }).catch((error) => {
    process.exitCode = report(error)
  })
}
