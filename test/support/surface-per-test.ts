import { afterEach, expect } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { pageForFile } from './page-for-file'
import { openSurface, serveSurfacePage } from './surface-page'
import type { OpenSurface } from './surface-page'

/**
 * For a file whose tests each open a portal with the surface page, and say with what options. It is closed after the test; a test in
 * which something was thrown and not caught in the page fails.
 *
 * @returns opens one
 */
export function surfacePerTest(): (options: Partial<PortalOptions>) => Promise<OpenSurface> {
  const site = pageForFile(serveSurfacePage)
  let open: OpenSurface | undefined

  afterEach(async () => {
    const uncaught = open?.problems.uncaught ?? []
    await open?.close()
    open = undefined
    expect(uncaught).toEqual([])
  })

  return async options => open = await openSurface(site.browser, { app: site.url, ...options })
}
