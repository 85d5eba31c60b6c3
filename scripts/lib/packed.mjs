import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fingerprint, sourceFiles } from './files.mjs'
import { withLock } from './lock.mjs'
import { root } from './root.mjs'
import { run, TO_STDERR } from './run.mjs'
import { Stop } from './stop.mjs'

/** Ignored by git. Below the root, so that what stands here finds the root's node_modules. */
const HOME = join(root, '.packed')

const PACKAGE_SOURCES = ['package.json', 'README.md', 'README.ru.md', 'CHANGELOG.md', 'LICENSE', 'build.config.ts', 'nuxt.config.ts', 'tsconfig.json', 'bin', 'skills', 'src', 'templates']

const KEEP_FOR = 2 * 60 * 60_000

/**
 * @typedef {object} Packed
 * @property {string} dir a folder named after the state of the sources
 * @property {string} tarball what `npm publish` would send
 * @property {string} packageDir the tarball, unpacked
 * @property {string} appDir a copy of the playground that has the unpacked tarball as its `nuxt-b24-pull`
 */

/**
 * Packs the package as it would be published and builds the playground with it, as a user's app is built. Works on
 * copies, so that the stub in `dist` and a running `npm start` are left alone. Does nothing when the sources are as they
 * were at an earlier run.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Packed>} where it all is
 * @throws Stop when a build fails
 */
export async function packAndBuild(env = process.env) {
  // Vitest, for one, sets another, and Vite would then build for development.
  env = { ...env, NODE_ENV: 'production' }
  const sources = sourceFiles([...PACKAGE_SOURCES, 'package-lock.json', 'playground', 'scripts/lib/packed.mjs'])
  const dir = join(HOME, fingerprint(sources))
  const done = join(dir, 'done')
  const packed = packedAt(dir)
  mkdirSync(HOME, { recursive: true })
  await withLock(`${dir}.lock`, async () => {
    if (!existsSync(done)) {
      rmSync(dir, { recursive: true, force: true })
      await pack(packed, env)
      await buildApp(packed, env)
      writeFileSync(done, '')
    }
  })
  const now = new Date()
  utimesSync(dir, now, now)
  removeOthers(dir)
  return packed
}

/**
 * @param {string} dir
 * @returns {Packed} what stands where in it
 */
export function packedAt(dir) {
  const appDir = join(dir, 'app')
  return { dir, tarball: join(dir, 'package.tgz'), packageDir: join(appDir, 'node_modules/nuxt-b24-pull'), appDir }
}

async function pack({ dir, tarball }, env) {
  const stage = join(dir, 'stage')
  for (const path of PACKAGE_SOURCES.filter(path => existsSync(join(root, path)))) copySources(path, join(stage, path))
  symlinkSync(join(root, 'node_modules'), join(stage, 'node_modules'), 'dir')
  await must('nuxt-module-build', ['prepare'], stage, env)
  // Runs the script `prepack`, as `npm publish` does.
  await must('npm', ['pack', '--loglevel=error', '--foreground-scripts', '--workspaces=false'], stage, env)
  const [name] = readdirSync(stage).filter(name => name.endsWith('.tgz'))
  cpSync(join(stage, name), tarball)
}

async function buildApp({ tarball, packageDir, appDir }, env) {
  copySources('playground', appDir)
  mkdirSync(packageDir, { recursive: true })
  await must('tar', ['-xzf', tarball, '--strip-components=1'], packageDir, env)
  await must('nuxt', ['build'], appDir, env)
}

function copySources(from, to) {
  const files = sourceFiles([from])
  for (const file of files) cpSync(join(root, file), join(to, file.slice(from.length)))
}

async function must(command, args, cwd, env) {
  // What tools say is not the caller's result, and some callers print one.
  const code = await run(command, args, { cwd, env, stdio: TO_STDERR, deadline: 10 * 60_000 })
  if (code === 0) return
  throw new Stop(
    'The package as users get it could not be built.',
    `\`${command} ${args.join(' ')}\` ended with code ${code} in ${cwd}; its own words are above.`,
    'Correct what it names. The folder is left as it was for a look, and made anew by the next run.',
  )
}

function removeOthers(dir) {
  for (const name of readdirSync(HOME)) {
    const other = join(HOME, name)
    if (other !== dir && Date.now() - statSync(other).mtimeMs > KEEP_FOR) rmSync(other, { recursive: true, force: true })
  }
}
