import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { openStress, serveStressPage } from '../support/stress-page'

let browser: Browser
let server: Awaited<ReturnType<typeof serveStressPage>>

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serveStressPage()])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

// Three and six failures take minutes of the ladder: test/unit/client/sdk/link.test.ts, by fake timers.
it('a start whose first call for the configuration fails is repeated at once, and connects', async () => {
  const open = await openStress(browser, { app: `${server.url}?autoStart=false` })
  open.portal.faults.on('fail-method', { method: 'pull.application.config.get', times: 1, status: 500, error: 'INTERNAL_SERVER_ERROR' })
  const took = await open.inFrame(async ({ pull }) => {
    const startedAt = Date.now()
    await pull.start()
    return Date.now() - startedAt
  })
  expect(await open.inFrame(({ pull }) => pull.status.value)).toBe('connected')
  expect(open.portal.requests.filter(({ method }) => method === 'pull.application.config.get').map(({ status }) => status)).toEqual([500, 200])
  // The ladder's first step is 0.1 s, its second would be 15 s at least.
  expect(took).toBeLessThan(15_000)
  await open.close()
})
