import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { violations } from '../../support/axe'
import { serveConnectionPage } from '../../support/connection-page'
import type { PageServer } from '../../support/connection-page'
import { startRealChromium } from '../../support/real-chromium'
import type { RealChromium } from '../../support/real-chromium'
import { inFrame, openSharedFrames } from '../../support/shared-frames'
import type { SharedFrames } from '../../support/shared-frames'

// Who leads, in the portal's page: in a Chromium as people have it, where frames of an app can share a connection.

let chromium: RealChromium
let pages: PageServer
let shared: SharedFrames
let page: Page

beforeAll(async () => {
  [chromium, pages] = await Promise.all([startRealChromium({ args: ['--window-size=1440,900'], isInFront: true }), serveConnectionPage()])
  shared = await openSharedFrames(chromium, pages, { count: 2 })
  page = await shared.openTab()
  await shared.startAll(shared.frames())
  await page.getByRole('tab', { name: 'Connections' }).click()
})

afterAll(async () => {
  await shared?.close()
  await chromium?.close()
  await pages?.stop()
})

const rowsOf = (role: string) => page.getByRole('list', { name: 'Frames of the app' }).locator(`[data-frame-role="${role}"]`)
const count = (role: string) => expect.poll(() => rowsOf(role).count())
const heard = (frame: Frame) => inFrame(frame, ({ recorded }) => recorded.messages.map(({ command }) => command))

it('shows who leads and who follows, and makes the leader stand still and go on', async () => {
  const [first, second] = shared.frames() as [Frame, Frame]
  await count('leader').toBe(1)
  await count('follower').toBe(1)
  expect(await rowsOf('leader').textContent()).toContain('frame-1')
  expect(shared.portal.connections.map(({ frameIds }) => frameIds)).toEqual([['frame-1']])

  await rowsOf('leader').getByRole('button', { name: 'Freeze' }).click()
  await rowsOf('leader').getByText('Leader, frozen').waitFor()
  shared.portal.emit({ module: 'application', command: 'while.frozen' })
  expect([await heard(first), await heard(second)]).toEqual([[], []])

  // By WCAG AA, as it stands there.
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForFunction(scheme => document.documentElement.classList.contains(scheme), colorScheme)
    await expect.poll(() => violations(page, colorScheme), { interval: 1_000 }).toEqual([])
  }

  await rowsOf('leader').getByRole('button', { name: 'Thaw' }).click()
  for (const frame of [first, second]) await expect.poll(() => heard(frame)).toEqual(['while.frozen'])
})

it('has faults of the connection hit the leader, for whom the others wait', async () => {
  const [before] = shared.portal.connections
  shared.portal.faults.on('cut-connections')
  await expect.poll(() => shared.portal.connections[0]?.id).not.toBe(before!.id)
  await shared.leader()
  expect(shared.portal.connections.map(({ frameIds }) => frameIds)).toEqual([['frame-1']])
})

it('opens ten frames at once, which one connection serves, and takes the leader away', async () => {
  await page.getByRole('button', { name: 'Open ten frames' }).click()
  await shared.portal.waitFor(() => shared.portal.frames.length === 12, { timeout: 60_000 })
  await expect.poll(async () => (await Promise.all(shared.frames().map(frame => frame.evaluate(() => 'testPage' in window).catch(() => false)))).filter(Boolean).length).toBe(12)
  for (const frame of shared.frames()) await inFrame(frame, ({ connection }) => void connection.start())
  await shared.leader()
  await count('follower').toBe(11)

  await rowsOf('leader').getByRole('button', { name: 'Take away' }).click()
  await expect.poll(() => shared.portal.frames.length).toBe(11)
  await shared.leader()
  // The page hears of it a moment later.
  await expect.poll(() => rowsOf('leader').allTextContents()).toEqual([expect.not.stringContaining('frame-1 ')])
  shared.portal.emit({ module: 'application', command: 'to.all' })
  for (const frame of shared.frames()) await expect.poll(async () => (await heard(frame)).at(-1)).toBe('to.all')
})
