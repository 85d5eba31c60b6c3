import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openConnection, serveConnectionPage } from '../support/connection-page'
import type { OpenConnection } from '../support/connection-page'
import { pageForFile } from '../support/page-for-file'
import { PATIENCE } from '../support/patience'

// What the client room overrides in the SDK, each seen to work in Chromium: a new SDK that changes one of these makes
// a test here fail. Row numbers are those of the list of measured behaviour that the room was built from.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url })
})

afterAll(() => open?.close())

/** One portal and its page for all; the frame is opened anew for each test. */
beforeEach(async () => {
  open.portal.faults.clear()
  await open.reopen()
  await open.inFrame(({ connection }) => connection.start())
  await status('connected')
})

function status(expected: string): Promise<unknown> {
  return open.frame.waitForFunction(word => window.testPage.connection.state.status === word, expected)
}

function received(count: number): Promise<unknown> {
  return open.frame.waitForFunction(n => window.testPage.recorded.messages.length >= n, count)
}

const commands = () => open.inFrame(({ recorded }) => recorded.messages.map(message => message.command))

describe('messages', () => {
  it('come from every module, named or not', async () => {
    open.portal.emit({ module: 'application', command: 'one' })
    open.portal.emit({ module: 'crm', command: 'two' })
    await received(2)
    expect(await open.inFrame(({ recorded }) => recorded.messages.map(message => `${message.module}/${message.command}`)))
      .toEqual(['application/one', 'crm/two'])
  })

  it('of a module called `__proto__` are ordinary and leave Object.prototype alone (rows 11, 20)', async () => {
    open.portal.emit({ module: '__proto__', command: 'polluted' })
    await received(1)
    expect(await commands()).toEqual(['polluted'])
    expect(await open.inFrame(() => 'polluted' in {})).toBe(false)
  })

  it('keep a parameter called `constructor` (row 20)', async () => {
    open.portal.emit({ module: 'application', command: 'one', params: { constructor: 'Ford' } })
    await received(1)
    expect(await open.inFrame(({ recorded }) => recorded.messages[0]?.params.constructor)).toBe('Ford')
  })

  it('that come twice are delivered once, also when 500 lie between (row 12)', async () => {
    open.portal.faults.on('repeat-messages', { count: 1 })
    open.portal.emit({ module: 'application', command: 'repeated' })
    for (let i = 0; i < 500; i++) open.portal.emit({ module: 'application', command: 'between' })
    open.portal.emit({ module: 'application', command: 'last' })
    await open.frame.waitForFunction(() => window.testPage.recorded.messages.some(message => message.command === 'last'))
    expect((await commands()).filter(command => command === 'repeated')).toHaveLength(1)
  })
})

describe('the connection', () => {
  it('leaves no listener on the window after stop (row 13)', async () => {
    const session = await open.page.context().newCDPSession(open.frame)
    const count = async () => {
      const { result } = await session.send('Runtime.evaluate', { expression: 'window' })
      const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId! })
      return listeners.map(listener => listener.type).filter(type => ['storage', 'online', 'offline', 'pageshow', 'beforeunload'].includes(type)).sort()
    }
    expect(await count()).toEqual(['beforeunload', 'offline', 'online', 'pageshow'])
    await open.inFrame(({ connection }) => connection.stop())
    expect(await count()).toEqual([])
  })

  it('does not come back on `online` after stop (row 21)', async () => {
    await open.inFrame(({ connection }) => connection.stop())
    await open.portal.waitFor(() => open.portal.connections.length === 0, { timeout: PATIENCE })
    const before = open.portal.requests.length
    await open.inFrame(() => void window.dispatchEvent(new Event('online')))
    await open.inFrame(({ connection }) => connection.start())
    await status('connected')
    // One start's worth of requests: the event before it has asked for nothing.
    expect(open.portal.requests.length - before).toBe(3)
  })

  it('shows a drop at once and is back within a second (rows 7, 8)', async () => {
    open.portal.faults.on('cut-connections')
    await open.frame.waitForFunction(() => window.testPage.recorded.changes.some(change => change.current === 'reconnecting'))
    await status('connected')
    const changes = await open.inFrame(({ recorded }) => recorded.changes.slice(-2).map(change => change.current))
    expect(changes).toEqual(['reconnecting', 'connected'])
  })

  it('hears after a drop what was sent meanwhile, and reports no gap', async () => {
    open.portal.emit({ module: 'application', command: 'before' })
    await received(1)
    open.portal.faults.on('cut-connections')
    open.portal.emit({ module: 'application', command: 'meanwhile' })
    await received(2)
    await status('connected')
    expect(await commands()).toEqual(['before', 'meanwhile'])
    expect(await open.inFrame(({ recorded }) => recorded.gaps)).toEqual([])
  })

  it('reports a gap after a drop before the first message: the server cannot know where to go on (row 9)', async () => {
    open.portal.faults.on('cut-connections')
    await open.frame.waitForFunction(() => window.testPage.recorded.gaps.length === 1)
    const [gap] = await open.inFrame(({ recorded }) => recorded.gaps)
    expect(gap?.cause).toBe('no-id')
    expect(gap!.to).toBeGreaterThanOrEqual(gap!.from)
  })

  it('waits 10 to 120 s after config_expire, as the platform asks (row 26)', async () => {
    open.portal.faults.on('config-expire')
    await status('reconnecting')
    const wait = await open.inFrame(({ recorded: { changes } }) => changes.at(-1)!.nextRetryAt! - changes.at(-1)!.at)
    expect(wait).toBeGreaterThanOrEqual(9_000)
    expect(wait).toBeLessThanOrEqual(120_000)
  })

  it('asks for a new configuration when its channel has expired', async () => {
    const before = open.portal.requests.filter(request => request.method === 'pull.application.config.get').length
    open.portal.faults.on('channel-expire', { action: 'get_config' })
    await open.portal.waitFor(() => open.portal.requests.filter(request => request.method === 'pull.application.config.get').length === before + 1, { timeout: PATIENCE })
    await status('connected')
  })

  it('uses one socket and throws nothing', async () => {
    // That of the frame before has to end, too.
    await expect.poll(() => open.portal.connections).toHaveLength(1)
    expect(open.problems.uncaught).toEqual([])
  })
})

describe('a page that is reloaded', () => {
  /** On the portal's own site the browser grants the frame its storage, in which the SDK keeps the session. */
  const sameSite = () => openConnection(site.browser, { app: site.url.replace('localhost', '127.0.0.1') })

  async function connectAndReload(own: OpenConnection): Promise<void> {
    await own.inFrame(({ connection }) => connection.start())
    await own.frame.waitForFunction(() => window.testPage.connection.state.status === 'connected')
    own.portal.emit({ module: 'application', command: 'before' })
    await own.frame.waitForFunction(() => window.testPage.recorded.messages.length === 1)
    await Promise.all([own.frame.waitForNavigation(), own.frame.evaluate(() => void setTimeout(() => location.reload()))])
    await own.frame.waitForFunction(() => 'testPage' in window)
  }

  it('hears what was sent meanwhile', async () => {
    const own = await sameSite()
    await connectAndReload(own)
    own.portal.emit({ module: 'application', command: 'meanwhile' })
    await own.inFrame(({ connection }) => connection.start())
    await own.frame.waitForFunction(() => window.testPage.recorded.messages.length === 1)
    expect(await own.inFrame(({ recorded }) => recorded.messages[0]?.command)).toBe('meanwhile')
    expect(await own.inFrame(({ recorded }) => recorded.gaps)).toEqual([])
    await own.close()
  })

  it('reports a gap where the saved session is too old to go on with', async () => {
    const own = await sameSite()
    await connectAndReload(own)
    await own.frame.evaluate(() => {
      const key = Object.keys(localStorage).find(name => name.endsWith('bx-pull-session'))!
      const session = JSON.parse(localStorage.getItem(key)!) as { ttl: number }
      localStorage.setItem(key, JSON.stringify({ ...session, ttl: Date.now() - 60_000 }))
    })
    await own.inFrame(({ connection }) => connection.start())
    await own.frame.waitForFunction(() => window.testPage.recorded.gaps.length === 1)
    const [gap] = await own.inFrame(({ recorded }) => recorded.gaps)
    expect(gap?.cause).toBe('reloaded')
    expect(Date.now() - gap!.from).toBeGreaterThan(60_000)
    await own.close()
  })

  it('opened anew hears nothing old, though another frame has saved its session (row 23)', async () => {
    const own = await sameSite()
    await connectAndReload(own)
    await own.reopen()
    own.portal.emit({ module: 'application', command: 'old' })
    await own.inFrame(({ connection }) => connection.start())
    await own.frame.waitForFunction(() => window.testPage.connection.state.status === 'connected')
    own.portal.emit({ module: 'application', command: 'new' })
    await own.frame.waitForFunction(() => window.testPage.recorded.messages.length > 0)
    expect(await own.inFrame(({ recorded }) => recorded.messages.map(message => message.command))).toEqual(['new'])
    await own.close()
  })
})

describe('a person who comes back', () => {
  it('has a connection within a second, after an outage of 20 s (row 8)', async () => {
    // The last test of the file: the page's clock stays in the test's hands.
    await open.page.clock.install()
    open.portal.faults.on('refuse-connections', { seconds: 3600 })
    open.portal.faults.on('cut-connections')
    await status('reconnecting')
    // Until the first retry has failed, the next one is due 15 s later; the page's clock runs on without the test waiting.
    await open.frame.waitForFunction(() => (window.testPage.connection.state.nextRetryAt ?? 0) - Date.now() > 10_000)
    await open.page.clock.fastForward(20_000)
    await open.frame.waitForFunction(() => (window.testPage.connection.state.nextRetryAt ?? 0) - Date.now() > 40_000)
    open.portal.faults.off('refuse-connections')
    // From here on the page's clock stands still: whatever the machine takes, the page must not wait for anything.
    await open.page.clock.pauseAt(await open.inFrame(() => Date.now()) + 1_000)
    await open.inFrame(() => void document.dispatchEvent(new Event('visibilitychange')))
    await status('connected')
  })
})
