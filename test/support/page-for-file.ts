import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from './browser'
import type { PageServer } from './built-page'

/** What the tests of a file open pages with, from the first one on. */
export interface FilePage {
  readonly browser: Browser
  /** Where the page is. */
  readonly url: string
}

/**
 * A browser and a page for all tests of a file. Ended when they are over, after the file's own `afterAll()`.
 *
 * @param serve serves the page
 */
export function pageForFile(serve: () => Promise<PageServer>): FilePage {
  let browser: Browser | undefined
  let server: PageServer | undefined

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serve()])
  })

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  return {
    get browser() {
      return browser!
    },
    get url() {
      return server!.url
    },
  }
}
