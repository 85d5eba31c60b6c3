import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { output } from './run.mjs'
import { root } from './root.mjs'
import { Stop } from './stop.mjs'

const bin = join(root, 'node_modules', '.bin')

/**
 * Whether a Node version is in a range of package.json's `engines`. Knows the two forms used there, `^1.2.3` and
 * `>=1.2.3`, joined by `||`: it runs before anything is installed, so no library can be asked.
 * @param {string} version `v24.11.0` or `24.11.0`
 * @param {string} range
 */
export function satisfies(version, range) {
  const have = numbers(version)
  return range.split('||').some((part) => {
    const [, operator, text] = /^\s*(\^|>=)\s*(\S+)\s*$/.exec(part) ?? []
    if (!text) throw new TypeError(`Cannot read "${part.trim()}" in the Node range "${range}": only ^x.y.z and >=x.y.z are understood.`)
    const want = numbers(text)
    return compare(have, want) >= 0 && (operator === '>=' || have[0] === want[0])
  })
}

/**
 * The environment in which all tools run: with the Node first on the PATH that package.json asks for. It is the npm
 * package `node`, because current Nuxt, ESLint and Vitest want a newer Node than many machines have.
 * @returns {NodeJS.ProcessEnv} a copy of this process's own, with that PATH
 */
export function toolEnvironment() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), NUXT_TELEMETRY_DISABLED: '1' }
  const packaged = output(join(bin, 'node'), ['-v'])
  if (packaged && satisfies(packaged, engines.node)) return env
  // Without the package's binary npm leaves a broken link at best, and a PATH search goes on to the machine's own Node.
  if (!packaged && satisfies(process.version, engines.node)) return env
  throw new Stop(
    `No Node that suits: the tools of this project need ${engines.node}.`,
    packaged
      ? `the one in node_modules is ${packaged}.`
      : `the npm package \`node\`, which brings it, did not install itself (its preinstall script was not run, or its download failed), and this machine's own is ${process.version}.`,
    'Install Node 24 (24.11 or newer) on this machine, delete node_modules and run the command again.',
  )
}

const numbers = version => version.replace(/^v/, '').split('.').map(part => Number.parseInt(part, 10))

function compare(a, b) {
  for (let i = 0; i < 3; i++) {
    if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0)
  }
  return 0
}
