import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { end, start } from '../../scripts/lib/run.mjs'
import { FLAGS } from './browser'
import { PATIENCE } from './patience'
import { freePort } from './ports'
import { vi } from 'vitest'

/** The browsers themselves. Debian's `/usr/bin/chromium` is a script, which blocks third-party cookies. */
const BINARIES = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome']

/** A Chromium with the defaults that a person's has. */
export interface RealChromium {
  browser: Browser
  /** Of its debugging port. */
  address: string
  context: BrowserContext
  close: () => Promise<void>
}

/**
 * Starts a Chromium by its binary and joins it over its debugging port.
 *
 * Playwright's launcher switches off what sharing stands on and is tried by: storage by partition, the back/forward cache, throttled
 * timers. Locks are refused in cross-site frames there, so that a test of sharing would quietly be one of a connection of one's own:
 * whoever tests sharing also checks the role.
 */
export async function startRealChromium(args: string[] = []): Promise<RealChromium> {
  const executable = process.env.CHROME_PATH ?? BINARIES.find(path => existsSync(path)) ?? findChromium()
  if (!executable) throw new Error('No Chromium or Chrome was found on this machine.')
  const port = await freePort('chromium')
  const profile = mkdtempSync(join(tmpdir(), 'real-chromium-'))
  const child = start(executable, ['--headless', ...FLAGS, '--disable-dev-shm-usage', '--password-store=basic', `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, ...args, 'about:blank'], { stdio: 'ignore' })
  const close = async () => {
    await end(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  try {
    const address = `http://127.0.0.1:${port}`
    await vi.waitUntil(() => fetch(`${address}/json/version`).then(answer => answer.ok, () => false), { timeout: PATIENCE, interval: 100 })
      .catch(() => Promise.reject(new Error('Chromium did not open its debugging port.')))
    const browser = await chromium.connectOverCDP(address, { timeout: PATIENCE, noDefaults: true })
    const context = browser.contexts()[0]!
    context.setDefaultTimeout(PATIENCE)
    return {
      browser,
      address,
      context,
      async close() {
        await browser.close().catch(() => {})
        await close()
      },
    }
  }
  catch (error) {
    await close()
    throw error
  }
}
