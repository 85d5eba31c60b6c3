import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser } from './browser'
import { openConnection, serveConnectionPage } from './connection-page'
import type { OpenConnection, PageServer } from './connection-page'
import type { PortalOptions } from '../../src/portal'

/**
 * Opens a portal of its own, with the connection page in its frame, for each test of the file, and closes it. A test in which
 * something was thrown and not caught in the page fails.
 *
 * @param onOpen told of each before its test
 * @param options of every portal
 */
export function openForEachTest(onOpen: (open: OpenConnection) => void, options: Omit<PortalOptions, 'app'> = {}): void {
  let browser: Browser | undefined
  let server: PageServer | undefined
  let open: OpenConnection | undefined

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveConnectionPage()])
  })

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  beforeEach(async () => {
    open = await openConnection(browser!, { app: server!.url, ...options })
    onOpen(open)
  })

  afterEach(async () => {
    const uncaught = open?.problems.uncaught
    await open?.close()
    expect(uncaught).toEqual([])
  })
}
