import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { createB24OAuth, oauthParams } from '../support/b24-oauth'
import { launchBrowser } from '../support/browser'
import { crossSite, openPortal } from '../support/portal-page'
import type { OpenPortal } from '../support/portal-page'
import { runTool } from '../support/tool'
import { startVariant } from '../support/variant'
import type { Variant } from '../support/variant'
import { sendPullEvent } from '../../src/server'
import { pullConfig } from '../unit/portal/support/client'
import { openSocket, socketUrl } from '../unit/portal/support/socket'

/** Messages at once. */
const STORM = import.meta.env.MODE === 'long' ? 10_000 : 2_000

let browser: Browser
let server: Variant
let open: OpenPortal

/** How many calls the portal has had before the test. */
let before: number

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startVariant('every-option')])
  open = await openPortal(browser, { app: crossSite(server.url) })
})

afterAll(async () => {
  await open?.close()
  await browser?.close()
  await server?.stop()
})

/** One portal and its page for all; the app is opened anew for each test. */
beforeEach(async () => {
  for (const { id } of open.portal.frames.slice(1)) open.portal.closeFrame(id)
  await open.reopen()
  await open.inApp('status').filter({ hasText: 'connected' }).waitFor()
  before = open.portal.requests.length
})

afterEach(() => expect(open.problems.uncaught).toEqual([]))

/** The REST calls of the test. */
const requests = () => open.portal.requests.slice(before)

/** Waits until an element's whole text is the given one. */
async function seen(testId: string, text: string | RegExp, where: Pick<OpenPortal['app'], 'getByTestId'> = open.app): Promise<void> {
  const whole = typeof text === 'string' ? new RegExp(`^\\s*${text}\\s*$`) : text
  await where.getByTestId(testId).filter({ hasText: whole }).waitFor({ state: 'attached' })
}

const text = async (testId: string) => (await open.inApp(testId).textContent())?.trim()

const emit = (command: string, params: Record<string, unknown> = {}) => open.portal.emit({ module: 'application', command, params })

/** Ticks are heard by a subscription without options, too: once it has heard all, so have the others. */
async function tick(from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) emit('tick', { n })
  await seen('every-count', String(to))
}

describe('the type of sender', () => {
  it('parts what other clients publish from what the server sends', async () => {
    emit('hello')
    await seen('server-count', '1')
    const other = await openSocket(socketUrl(await pullConfig(open.portal, 2)))
    await other.call('publish', { userList: [1], body: { module_id: 'application', command: 'hello', params: { from: 'user 2' } } })
    await seen('client-from', 'user 2')
    expect([await text('client-count'), await text('server-count')]).toEqual(['1', '1'])
    other.close()
  })
})

describe('a schema', () => {
  it('hands over what it makes of the params', async () => {
    emit('planned', { id: '7', more: 'that it does not name' })
    await seen('planned-data', /^\{\s*"id": 7\s*\}$/)
  })

  it('keeps what does not match from the component, and says where', async () => {
    emit('planned', { id: 'seven' })
    await seen('planned-error', /SCHEMA_MISMATCH \[\s*"id"\s*\]/)
    expect(await text('planned-count')).toBe('0')
    await seen('hook-errors', 'SCHEMA_MISMATCH:planned')
  })

  it('may ask the server: order is kept, and what it refuses is told', async () => {
    for (const id of [1, 2, 99, 3]) emit('checked', { id })
    await seen('checked-order', '1 2 3')
    await seen('checked-error', 'is unknown')
  })
})

describe('the file of the option `commands`', () => {
  it('validates what arrives, with what its schema makes of it', async () => {
    emit('deal.saved', { id: 42, at: '2025-06-07T08:09:10Z' })
    await seen('deal-year', '2025')
    emit('deal.saved', { id: 42, at: 'soon' })
    await seen('deal-error', 'SCHEMA_MISMATCH')
  })

  it('validates what is sent, and lets nothing out that does not match', async () => {
    await open.inApp('send-wrong-deal').click()
    await seen('send-error', 'SCHEMA_MISMATCH 2')
    expect(requests().map(({ method }) => method)).not.toContain('pull.application.event.add')
    await open.inApp('send-deal').click()
    await seen('deal-year', '2026')
  })

  it('types the commands in the app, in the back end, and in tests and scripts', async () => {
    const configs = ['.nuxt/tsconfig.app.json', '.nuxt/tsconfig.server.json', 'tsconfig.scripts.json']
    const { status, stdout } = await runTool(join(root, 'node_modules/.bin/vue-tsc'), ['--build', '--noEmit', ...configs], { cwd: server.project })
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
})

describe('ignoreOwn', () => {
  it('leaves out what this frame sent, and not what another frame of the same user did', async () => {
    open.portal.openFrame({ isSlider: true })
    await seen('status', 'connected', open.slider)
    await open.slider.getByTestId('send-note').click()
    for (const frame of [open.app, open.slider]) await seen('note-all', '1', frame)
    await seen('note-others', '1')
    await seen('note-others', '0', open.slider)
    expect(requests().find(({ method }) => method === 'pull.application.event.add')?.params.PARAMS).toHaveProperty('__b24PullFrom')
    await seen('note-params', 'text')
    open.portal.emit({ module: 'application', command: 'note' })
    await seen('note-others', '1', open.slider)
  })
})

describe('the other options', () => {
  it('once: stops after the first message', async () => {
    await tick(1, 3)
    await seen('once-count', '1 false')
  })

  it('filter: lets through what it says', async () => {
    await tick(1, 5)
    await seen('even-count', '2')
  })

  it('pause and resume: hears nothing in between', async () => {
    await tick(1, 1)
    await open.inApp('pause').click()
    await tick(2, 3)
    await open.inApp('resume').click()
    await tick(4, 4)
    await seen('paused-count', '2')
  })

  it('replay: delivers the last message to a component that comes later', async () => {
    await tick(1, 3)
    await open.inApp('show-replay').click()
    await seen('replay-data', '3')
    expect([await text('replay-count'), await text('late-count')]).toEqual(['1', '0'])
    await tick(4, 4)
    await seen('replay-count', '2')
  })

  it('whileActive: pauses inside a deactivated <KeepAlive>', async () => {
    await tick(1, 1)
    await open.inApp('toggle-kept').click()
    await open.inApp('active-count').waitFor({ state: 'detached' })
    await tick(2, 3)
    await open.inApp('toggle-kept').click()
    await seen('always-count', '3')
    await seen('active-count', '1')
    await tick(4, 4)
    await seen('active-count', '2')
  })
})

describe('code outside components', () => {
  it('hears by on(), and by the hooks of messages and statuses', async () => {
    await seen('hook-statuses', 'connecting connected')
    emit('hello')
    await seen('on-count', '1')
    await seen('hook-messages', 'application/hello')
  })

  it('is told of a gap', async () => {
    open.portal.faults.on('cut-connections')
    await seen('hook-gaps', 'no-id')
    await seen('hook-statuses', 'connecting connected reconnecting connected')
  })
})

describe('the app\'s back end', () => {
  it('reaches a component by sendPullEvent() from plain Node, with a real B24OAuth', async () => {
    await sendPullEvent(createB24OAuth(open.portal), { command: 'deal.saved', params: { id: 1, at: '2030-01-01T00:00:00Z' } })
    await seen('deal-year', '2030')
  })

  it('reaches a component, and a phone, by what Nitro imports by itself', async () => {
    const { code } = await post({ auth: oauthParams(open.portal) })
    expect(code).toBeNull()
    await seen('deal-year', '2027')
    expect(requests().find(({ method }) => method === 'pull.application.push.add')).toMatchObject({ status: 200, params: { TEXT: 'Deal 7 was saved' } })
  })

  it('is told at once why a webhook will not do', async () => {
    const [, userId, secret] = /\/rest\/(\d+)\/(\w+)\//.exec(open.portal.webhook)!
    const { code, fix } = await post({ webhook: { b24Url: open.portal.url, userId: Number(userId), secret } })
    expect([code, fix]).toEqual(['WRONG_AUTH_TYPE', expect.stringContaining('B24OAuth')])
    expect(requests()).toEqual([])
  })

  async function post(body: object): Promise<{ code: string | null, fix?: string }> {
    const response = await fetch(`${server.url}api/send`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return await response.json() as { code: string | null, fix?: string }
  }
})

describe('a catch-all listener', () => {
  it('sees all messages over 50 modules, in order', async () => {
    for (let n = 0; n < STORM; n++) {
      open.portal.emit({ module: `module.${n % 50}`, command: `storm.${n % 7}`, params: { n } })
      // Patience is for a part of it: how long all takes is the machine's business.
      if ((n + 1) % 2_000 === 0) await seen('storm-count', String(n + 1))
    }
    expect([await text('storm-modules'), await text('storm-in-order')]).toEqual(['50', 'true'])
  })
})
