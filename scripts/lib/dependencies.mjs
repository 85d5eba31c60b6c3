import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { root } from './root.mjs'
import { Stop } from './stop.mjs'

/**
 * Compares what is installed with the lockfile. npm keeps its own record of what it installed, so nothing needs to be
 * remembered here.
 * @param {Record<string, LockEntry>} locked `packages` of package-lock.json
 * @param {Record<string, LockEntry> | undefined} installed `packages` of node_modules/.package-lock.json
 * @returns {string | undefined} the first package that is missing or of another version
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 */
export function firstDifference(locked, installed) {
  if (!installed) return 'node_modules'
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.includes('node_modules/') || entry.link) continue
    const found = installed[path]
    // Optional packages are mostly other platforms' binaries, which npm leaves out.
    if (found ? found.version !== entry.version : !entry.optional && !entry.devOptional) return path
  }
}

/** Installs exactly what the lockfile says, unless it is there already. */
export async function installDependencies() {
  const difference = firstDifference(readPackages('package-lock.json') ?? {}, readPackages('node_modules/.package-lock.json'))
  if (!difference) return
  console.log(`Installing dependencies (${difference} is missing or not what package-lock.json says)`)
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    throw new Stop(
      'The dependencies could not be installed.',
      `\`npm ci\` ended with code ${code}; its own words are above.`,
      'If it says that package.json and package-lock.json disagree, run `npm install` and commit the lockfile; otherwise check the connection to the npm registry and run the command again.',
    )
  }
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  }
  catch {
    return undefined
  }
}
