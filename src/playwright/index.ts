import { expect as baseExpect, test as base } from '@playwright/test'
import type {
  FrameLocator, Page, PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions, TestType,
} from '@playwright/test'
import { createPortal, PortalError } from '../portal'
import type { Portal, PortalOptions } from '../portal'
import { unknownUser } from '../portal/people/people'
import { withoutUndefined } from '../runtime/utils/without-undefined'

/** ms until the app has to be connected; the first page of a dev server takes its time. */
const PATIENCE = 60_000

/** The app, open in the portal's page for a person of its own. */
export interface OpenedApp {
  /** The portal's page. */
  page: Page
  /** The app in it. */
  frame: FrameLocator
}

/** What a test may ask for beside Playwright's own. */
export interface PullFixtures {
  /** Options of the dev portal, for `test.use()`. The app's address is Playwright's `baseURL`, unless `app` is given here; limits of REST are off. */
  portalOptions: Partial<PortalOptions>
  /** A dev portal for this test alone. Its log is attached where the test fails. */
  portal: Portal
  /** The app in the portal's page, opened in Playwright's `page` for the first user, and connected. */
  frame: FrameLocator
  /** Opens the app for another user, in a browser profile of its own, and waits until it is connected. */
  asUser: (userId: number) => Promise<OpenedApp>
}

/** Playwright's `test` with what is added here. */
export type PullTest = TestType<PlaywrightTestArgs & PlaywrightTestOptions & PullFixtures, PlaywrightWorkerArgs & PlaywrightWorkerOptions>

/**
 * Playwright's own `expect`, so that one import does.
 *
 * @example
 * ```ts
 * import { expect, test } from 'nuxt-b24-pull/playwright'
 *
 * test('is connected', async ({ frame }) => {
 *   await expect(frame.getByText('connected')).toBeVisible()
 * })
 * ```
 */
export const expect: typeof baseExpect = baseExpect

/**
 * Playwright's `test`, with a dev portal: `portal`, `frame`, `asUser`, and the option `portalOptions`.
 *
 * @throws PortalError `PORTAL_BAD_OPTION` where neither `baseURL` nor `portalOptions` says where the app is; `PORTAL_WAIT_TIMEOUT` where it does not connect in a minute, or in the time of the test; `PORTAL_UNKNOWN_USER`
 * @example
 * ```ts
 * import { expect, test } from 'nuxt-b24-pull/playwright'
 *
 * test('shows a deal that another user has saved', async ({ portal, frame }) => {
 *   portal.emit({ module: 'application', command: 'deal.saved', params: { title: 'Big one' } })
 *   await expect(frame.getByText('Big one')).toBeVisible()
 * })
 * ```
 */
export const test: PullTest = base.extend<PullFixtures>({
  portalOptions: [{}, { option: true }],

  portal: async ({ portalOptions, baseURL }, use, info) => {
    const app = portalOptions.app ?? baseURL
    if (app === undefined) {
      throw new PortalError('PORTAL_BAD_OPTION', {
        what: 'Nobody has said where the app is.',
        why: 'The fixture `portal` opens the app at Playwright\'s `baseURL`, and there is none.',
        fix: 'Set `use: { baseURL }` in playwright.config, or `test.use({ portalOptions: { app } })`.',
        field: 'app',
      })
    }
    const portal = await createPortal({ limits: false, ...withoutUndefined(portalOptions), app })
    try {
      await use(portal)
    }
    finally {
      if (info.status !== info.expectedStatus) await info.attach('portal-log.json', { body: JSON.stringify(portal.log, null, 2), contentType: 'application/json' })
      await portal.close()
    }
  },

  frame: async ({ portal, page }, use) => {
    const { frame } = await open(portal, page, portal.url, portal.users[0]!.id)
    await use(frame)
  },

  asUser: async ({ portal, browser }, use) => {
    const contexts = new Set<{ close: () => Promise<void> }>()
    await use(async (userId) => {
      if (!portal.users.some(({ id }) => id === userId)) throw unknownUser(userId, portal.users.map(({ id }) => id))
      const context = await browser.newContext()
      contexts.add(context)
      return open(portal, await context.newPage(), `${portal.url}/?user=${userId}`, userId)
    })
    for (const context of contexts) await context.close()
  },
})

async function open(portal: Portal, page: Page, address: string, userId: number): Promise<OpenedApp> {
  const before = new Set(portal.connections.map(({ id }) => id))
  await page.goto(address)
  try {
    await portal.waitFor('connection', connection => connection.userId === userId && !before.has(connection.id), { timeout: PATIENCE })
  }
  catch (error) {
    throw notConnected(portal, userId, error)
  }
  return { page, frame: page.frameLocator('[data-testid="app-frame"]') }
}

/** Where the time of the test is up first, the portal is closed: a reason to stop waiting, and none for the app not to connect. */
function notConnected({ log }: Portal, userId: number, error: unknown): PortalError {
  const isUp = error instanceof PortalError && error.code === 'PORTAL_CLOSED'
  const trouble = log.findLast(({ level }) => level !== 'info')
  return new PortalError('PORTAL_WAIT_TIMEOUT', {
    what: `The app has not connected for user ${userId}.`,
    why: `${isUp ? 'The time of the test was up before it did.' : `It had ${PATIENCE / 1_000} s.`}${trouble ? ` The portal's last complaint: ${trouble.title}.` : ''}`,
    fix: 'Look at portal-log.json, which is attached to the test, and whether the app starts in a frame; where it only is slow, give the test more time.',
    cause: isUp ? undefined : error,
  })
}
