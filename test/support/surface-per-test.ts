import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { launchBrowser } from './browser'
import { openSurface, serveSurfacePage } from './surface-page'
import type { OpenSurface } from './surface-page'

/**
 * For a file whose tests each open a portal with the surface page, and say with what options. It is closed after the test; a test in
 * which something was thrown and not caught in the page fails.
 *
 * @returns opens one
 */
export function surfacePerTest(): (options: Partial<PortalOptions>) => Promise<OpenSurface> {
  let browser: Browser | undefined
  let server: Awaited<ReturnType<typeof serveSurfacePage>> | undefined
  let open: OpenSurface | undefined

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveSurfacePage()])
  })

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  afterEach(async () => {
    const uncaught = open?.problems.uncaught ?? []
    await open?.close()
    open = undefined
    expect(uncaught).toEqual([])
  })

  return async options => open = await openSurface(browser!, { app: server!.url, ...options })
}
