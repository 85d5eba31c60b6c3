import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { startRealChromium as startProcess } from '../../scripts/lib/real-chromium.mjs'
import { PATIENCE } from './patience'

/** A Chromium with the defaults that a person's has. */
export interface RealChromium {
  browser: Browser
  context: BrowserContext
  /** Of its debugging port. */
  address: string
  close: () => Promise<void>
}

/**
 * Whoever tests sharing in it also checks the role.
 *
 * @param args further ones for the browser
 * @param isInFront whether every page takes itself for the one in front, as Playwright has it by default: else tabs are hidden behind others
 */
export async function startRealChromium(args: string[] = [], isInFront = false): Promise<RealChromium> {
  const { address, close } = await startProcess(PATIENCE, args)
  try {
    const browser = await chromium.connectOverCDP(address, { timeout: PATIENCE, noDefaults: !isInFront })
    const context = browser.contexts()[0]!
    context.setDefaultTimeout(PATIENCE)
    return {
      browser,
      context,
      address,
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
