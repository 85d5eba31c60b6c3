import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { openSurface, serveSurfacePage } from '../support/surface-page'
import type { OpenSurface } from '../support/surface-page'

// The page has pinia-plugin-persistedstate with `auto`: it keeps each store that does not refuse.

let browser: Browser
let server: Awaited<ReturnType<typeof serveSurfacePage>>
let open: OpenSurface

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serveSurfacePage()])
  open = await openSurface(browser, { app: server.url })
})

afterAll(async () => {
  await open?.close()
  await browser?.close()
  await server?.stop()
})

it('nothing of the store is kept over three loads, and it goes on in each of them', async () => {
  for (let load = 1; load <= 3; load++) {
    await open.app.getByTestId('status').filter({ hasText: /^connected$/ }).waitFor()
    expect(await open.inFrame(({ store, loads }) => [loads, store.status, store.messages.length])).toEqual([load, 'connected', 0])
    await open.inFrame(({ pull }) => void pull.on('application', 'ping', () => {}))
    open.portal.emit({ module: 'application', command: 'ping', params: { load } })
    await expect.poll(() => open.inFrame(({ store }) => store.messages.map(({ params }) => params))).toEqual([{ load }])
    expect(await open.inFrame(() => Object.keys(localStorage).filter(key => key === 'kept' || key === 'b24-pull'))).toEqual(['kept'])
    await open.page.reload()
  }
  expect(open.problems.uncaught).toEqual([])
})
