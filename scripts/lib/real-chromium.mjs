import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { findChromium, findHeadlessShell } from './chromium.mjs'
import { end, start } from './run.mjs'

/** What one without windows does not do by itself: a frame of another site has a process of its own. */
const SHELL_FLAGS = ['--site-per-process']

/** The browsers themselves. Debian's `/usr/bin/chromium` is a script, which blocks third-party cookies. */
const BINARIES = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome']

/** Beside the defaults: what a container and a machine without a screen need. */
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--password-store=basic']

/**
 * Starts a Chromium by its binary, with the defaults that a person's has.
 *
 * Playwright's launcher switches off what sharing a connection stands on and is tried by: storage by partition, the back/forward cache,
 * throttled timers. Locks are refused in cross-site frames there, so that a test of sharing would quietly be one of a connection of
 * one's own: whoever joins this browser does so by `connectOverCDP(address, { noDefaults: true })`, else no tab is ever hidden, and
 * checks the role.
 * @param {number} patience ms in which it has to be there
 * @param {object} [options]
 * @param {string[]} [options.args] further ones for it
 * @param {boolean} [options.hasWindows] whether tabs have to be hidden, frozen or kept for going back; one without windows, where there is one, does not, and costs less
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} `address` of its debugging port
 */
export async function startRealChromium(patience, { args = [], hasWindows = true } = {}) {
  const shell = hasWindows ? undefined : findHeadlessShell()
  const executable = shell ?? process.env.CHROME_PATH ?? BINARIES.find(path => existsSync(path)) ?? findChromium()
  if (!executable) throw new Error('No Chromium or Chrome was found: install one, or name one in CHROME_PATH.')
  const profile = mkdtempSync(join(tmpdir(), 'real-chromium-'))
  const child = start(executable, [...FLAGS, ...shell ? SHELL_FLAGS : [], '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...args, 'about:blank'], { stdio: 'ignore' })
  const close = async () => {
    await end(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  const told = join(profile, 'DevToolsActivePort')
  for (const until = Date.now() + patience; Date.now() < until; await wait(50)) {
    const port = existsSync(told) && readFileSync(told, 'utf8').split('\n')[0]
    if (port) return { address: `http://127.0.0.1:${port}`, close }
  }
  await close()
  throw new Error('Chromium did not open its debugging port.')
}
