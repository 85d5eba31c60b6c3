import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { output, run } from './run.mjs'
import { Stop } from './stop.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const PLACES = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']

/**
 * A Chromium or Chrome that starts: the one the environment names, else one found on the machine.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} its path
 * @throws Stop when `CHROME_PATH` or `CHROMIUM_PATH` names something that does not start: it is meant, so nothing else will do
 */
export function findChromium(env = process.env) {
  for (const name of ['CHROME_PATH', 'CHROMIUM_PATH']) {
    const named = env[name]
    if (!named) continue
    if (starts(named)) return named
    throw new Stop(
      `The browser named by ${name} does not start.`,
      `\`${named} --version\` failed.`,
      `Correct ${name}, or unset it to have a browser looked for on this machine.`,
    )
  }
  const inPath = (env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  return [...inPath, ...PLACES].find(starts)
}

/**
 * Chromium without its windows: the same to a page, which costs less than half of the processor time in it.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} its path; none where `CHROME_PATH` names a browser, which is meant
 */
export function findHeadlessShell(env = process.env) {
  if (env.CHROME_PATH) return
  return (env.PATH ?? '').split(delimiter).flatMap(folder => SHELLS.map(name => join(folder, name))).find(starts)
}

/** A Chromium for the tests; where there is none, Debian's package. No other way of getting one is tried. */
export async function ensureChromium() {
  if (!findChromium()) await installDebianPackage('chromium', 'no Chromium or Chrome found on this machine')
  const found = findChromium()
  if (!found) {
    throw new Stop(
      'The tests in a browser have no browser.',
      'there is no Chromium or Chrome on this machine, and Debian\'s package `chromium` could not be installed by apt-get as root or by `sudo -n`.',
      'Install Chromium or Chrome, or name one in CHROME_PATH, and run the command again. `npm test -- unit nuxt types memory` needs none.',
    )
  }
  // Not on a person's machine, where the tests only take longer without.
  if ((process.env.CI || process.getuid?.() === 0) && !process.env.CHROME_PATH && !findHeadlessShell()) {
    await installDebianPackage('chromium-headless-shell', 'pages take less than half of the time in it')
  }
  return found
}

/** Does nothing where apt-get is not to be had. */
async function installDebianPackage(name, reason) {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (output('apt-get', ['--version']) === undefined) return
  if (asRoot.length > 0 && output('sudo', ['-n', 'true']) === undefined) return
  console.log(`Installing Debian's package \`${name}\` (${reason})`)
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', name]]) {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
    // An update may fail for one of several sources; whether the package can be had shows in the next step.
    await run(command, rest, { deadline: 15 * 60_000 })
  }
}

/** Being there is not enough: Ubuntu's `chromium-browser`, for one, is a script that asks for a snap. */
function starts(path) {
  try {
    accessSync(path, constants.X_OK)
  }
  catch {
    return false
  }
  return output(path, ['--version']) !== undefined
}
