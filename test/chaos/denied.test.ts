import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageForFile } from '../support/page-for-file'
import type { OpenOptions } from '../support/portal-page'
import { openStress, serveStressPage } from '../support/stress-page'
import type { OpenStress } from '../support/stress-page'

// What browsers and pages may refuse an app. It connects by what is left, or says what is missing.

const site = pageForFile(serveStressPage)

/** Runs in every page of the app before its own code. */
const inApp = (script: string) => (context: BrowserContext) => context.addInitScript(`if (location.origin === '${site.url}') { ${script} }`)

async function open(prepare: (context: BrowserContext) => Promise<unknown>, options: Omit<OpenOptions, 'app'> = {}): Promise<OpenStress> {
  return openStress(site.browser, { app: site.url, prepare, ...options })
}

async function hears(page: OpenStress): Promise<void> {
  await page.status('connected')
  await page.sendAndHear(1)
  page.portal.faults.on('cut-connections')
  await page.sendAndHear(2)
  expect(page.problems.uncaught).toEqual([])
}

const transport = ({ inFrame }: OpenStress) => inFrame(page => page.pull.transport.value)
const reason = ({ inFrame }: OpenStress) => inFrame(({ pull }) => ({ code: pull.reason.value?.code, text: `${pull.reason.value?.message} ${pull.reason.value?.fix}` }))

const deny = (target: string, name: string) =>
  `const deny = () => { throw new DOMException('Access is denied for this document.', 'SecurityError') }; Object.defineProperty(${target}, '${name}', { get: deny, set: deny, configurable: true });`

/** Under every name that nobody has written or removed yet. */
const garbage = `
  const { getItem, setItem, removeItem } = Storage.prototype
  const known = new Set()
  Storage.prototype.getItem = function (key) { return known.has(key) ? getItem.call(this, key) : "{garbage" }
  Storage.prototype.setItem = function (key, value) { known.add(key); setItem.call(this, key, value) }
  Storage.prototype.removeItem = function (key) { known.add(key); removeItem.call(this, key) }`

describe('storage', () => {
  it.each([5, 4, 3] as const)('that may not be touched, like cookies, keeps nobody from connecting on version %i', async (version) => {
    const page = await open(inApp(`${deny('window', 'localStorage')} { ${deny('window', 'sessionStorage')} } { ${deny('document', 'cookie')} } { ${deny('window', 'indexedDB')} }`), { server: { version } })
    await hears(page)
    await page.close()
  })

  it('that is full keeps nobody from connecting', async () => {
    const page = await open(inApp('Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }'), { hasStorage: true })
    await hears(page)
    await page.close()
  })

  it('that holds garbage keeps nobody from connecting', async () => {
    const page = await open(inApp(garbage), { hasStorage: true })
    await hears(page)
    await page.close()
  })
})

describe('a browser without WebSocket', () => {
  it.each([5, 4, 3] as const)('connects by long polling on version %i', async (version) => {
    const page = await open(inApp('delete window.WebSocket'), { server: { version } })
    await hears(page)
    expect(await transport(page)).toBe('long-polling')
    await page.close()
  })
})

describe('a Content Security Policy', () => {
  /** The app served with a policy of its own; the portal's page keeps its. */
  async function under(connectSrc: string, run: (page: OpenStress) => Promise<void>): Promise<void> {
    const strict = await serveStressPage({ 'content-security-policy': `connect-src 'self' ${connectSrc}` })
    const page = await openStress(site.browser, { app: strict.url })
    await run(page)
    expect(page.problems.uncaught).toEqual([])
    await page.close()
    await strict.stop()
  }

  it('that forbids the push server\'s socket leaves long polling, and says so', () => under('http://127.0.0.1:*', async (page) => {
    await hears(page)
    expect(await transport(page)).toBe('long-polling')
    await expect.poll(() => page.lines.join('\n')).toMatch(/connect-src.*ws:\/\/127\.0\.0\.1:\d+|ws:\/\/127\.0\.0\.1:\d.*connect-src/)
  }))

  it('that forbids the portal is told which address is missing', () => under('ws://127.0.0.1:*', async (page) => {
    await page.status('failed')
    const { code, text } = await reason(page)
    expect(code).toBe('POLICY_BLOCKED')
    expect(text).toContain(page.portal.url)
    expect(text).toContain('connect-src')
  }))

  it('that names everything needed is no trouble', () => under('http://127.0.0.1:* ws://127.0.0.1:*', async (page) => {
    await hears(page)
    expect(await transport(page)).toBe('websocket')
  }))
})
