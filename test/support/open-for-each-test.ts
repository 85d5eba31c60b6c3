import { afterEach, beforeEach, expect } from 'vitest'
import { openConnection, serveConnectionPage } from './connection-page'
import type { OpenConnection } from './connection-page'
import { pageForFile } from './page-for-file'
import type { PortalOptions } from '../../src/portal'

/**
 * Opens a portal of its own, with the connection page in its frame, for each test of the file, and closes it. A test in which
 * something was thrown and not caught in the page fails.
 *
 * @param onOpen told of each before its test
 * @param options of every portal
 */
export function openForEachTest(onOpen: (open: OpenConnection) => void, options: Omit<PortalOptions, 'app'> = {}): void {
  const site = pageForFile(serveConnectionPage)
  let open: OpenConnection | undefined

  beforeEach(async () => {
    open = await openConnection(site.browser, { app: site.url, ...options })
    onOpen(open)
  })

  afterEach(async () => {
    const uncaught = open?.problems.uncaught
    await open?.close()
    expect(uncaught).toEqual([])
  })
}
