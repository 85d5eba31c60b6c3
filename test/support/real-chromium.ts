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

export interface RealChromiumOptions {
  /** Further ones for the browser. */
  args?: string[]
  /** Whether every page takes itself for the one in front, as Playwright has it by default: else tabs are hidden behind others. */
  isInFront?: boolean
  /** Whether tabs have to be hidden, frozen or kept for going back. */
  hasWindows?: boolean
}

/** Whoever tests sharing in it also checks the role. */
export async function startRealChromium({ args, isInFront = false, hasWindows = false }: RealChromiumOptions = {}): Promise<RealChromium> {
  const { address, close } = await startProcess(PATIENCE, { args, hasWindows })
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
