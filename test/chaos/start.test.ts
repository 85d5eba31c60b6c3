import { expect, it } from 'vitest'
import { pageForFile } from '../support/page-for-file'
import { openStress, serveStressPage } from '../support/stress-page'

const site = pageForFile(serveStressPage)

// Three and six failures take minutes of the ladder: test/unit/client/sdk/link.test.ts, by fake timers.
it('a start whose first call for the configuration fails is repeated at once, and connects', async () => {
  const open = await openStress(site.browser, { app: `${site.url}?autoStart=false` })
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
