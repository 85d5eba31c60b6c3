import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PullStatusChange } from '../../../src/runtime/types'
import { connectedFrame, openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'

// Faults of the push server's connections, and what a page that is connected makes of each.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url, pingInterval: 200 })
})

afterAll(() => open?.close())

beforeEach(async () => {
  await open.reopen()
  await connectedFrame(open.page, open.portal.frames[0]!.id)
  await expect.poll(() => open.portal.connections.length).toBe(1)
})

afterEach(() => {
  open.portal.faults.clear()
  for (const { id } of open.portal.frames.slice(1)) open.portal.closeFrame(id)
  expect(open.problems.uncaught).toEqual([])
})

const connectionOf = (userId: number) => open.portal.connections.find(connection => connection.userId === userId)?.id
const configCalls = () => open.portal.requests.filter(({ method }) => method === 'pull.application.config.get').length
const gaps = () => open.inFrame(({ recorded }) => recorded.gaps.map(({ cause }) => cause))
const reconnect = () => open.inFrame(({ connection }) => connection.reconnect())

/** The words of the status since the frame was opened, each change once. */
const words = () => open.inFrame(({ recorded }) => recorded.changes.filter(({ previous, current }) => previous !== current).map(({ current }) => current))

/** Waits for the change that was the last of so many kinds, and tells it. */
async function change(status: string, attempt?: number): Promise<Pick<PullStatusChange, 'attempt'> & { code: string | undefined, wait: number }> {
  const found = await open.frame.waitForFunction(([word, n]) => {
    const change = window.testPage.recorded.changes.findLast(({ current, attempt }) => current === word && (n === undefined || attempt === n))
    return change && { attempt: change.attempt, code: change.reason?.code, wait: (change.nextRetryAt ?? 0) - change.at }
  }, [status, attempt] as const)
  return await found.jsonValue() as Awaited<ReturnType<typeof change>>
}

/** Waits until the page has lost its connection and has a new one. */
async function isBack(): Promise<void> {
  await change('reconnecting')
  await open.frame.waitForFunction(() => window.testPage.connection.state.status === 'connected')
}

async function hears(command: string, userId?: number): Promise<void> {
  open.portal.emit({ module: 'application', command, userId })
  await open.frame.waitForFunction(expected => window.testPage.recorded.messages.some(({ command }) => command === expected), command)
}

describe('cut-connections', () => {
  it('shows as a lost connection at once, and the page comes back by itself', async () => {
    const before = connectionOf(1)
    open.portal.faults.on('cut-connections')
    expect((await change('reconnecting')).code).toBe('CONNECTION_LOST')
    await isBack()
    expect(await words()).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
    expect(connectionOf(1)).not.toBe(before)
  })

  it('leaves everybody but the given user alone', async () => {
    await connectedFrame(open.page, open.portal.openFrame({ userId: 2 }).id)
    const [one, two] = [connectionOf(1), connectionOf(2)]
    open.portal.faults.on('cut-connections', { userId: 2 })
    await expect.poll(() => connectionOf(2) ?? two).not.toBe(two)
    expect(connectionOf(1)).toBe(one)
    expect(await words()).toEqual(['connecting', 'connected'])
  })
})

describe('refuse-connections', () => {
  it('leaves the page reconnecting, in longer and longer steps, until it is off', async () => {
    open.portal.faults.on('refuse-connections', { seconds: 600 })
    open.portal.faults.on('cut-connections')
    const { wait } = await change('reconnecting', 2)
    expect(wait).toBeGreaterThanOrEqual(14_000)
    expect(open.portal.connections).toEqual([])
    open.portal.faults.off('refuse-connections')
    await reconnect()
    await isBack()
    expect(await words()).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
  })
})

describe('channel-expire', () => {
  it.each([
    ['reconnect', 'private'],
    ['reconnect', 'shared'],
    ['get_config', 'private'],
    ['get_config', 'shared'],
  ] as const)('with the action %s on the %s channel makes the page connect to the new one, and tell of a gap', async (action, channel) => {
    const before = connectionOf(1)
    open.portal.faults.on('channel-expire', { action, channel })
    await isBack()
    expect(connectionOf(1)).not.toBe(before)
    expect(await gaps()).toEqual(['channel-changed'])
    await hears('to.me', 1)
    await hears('to.everybody')
  })
})

describe('config-expire', () => {
  it('makes the page wait 10 to 120 s, as the platform asks, and get the config again', async () => {
    const before = configCalls()
    open.portal.faults.on('config-expire')
    const { code, wait } = await change('reconnecting')
    expect(code).toBe('SERVER_RESTART')
    expect(wait).toBeGreaterThanOrEqual(9_000)
    expect(wait).toBeLessThanOrEqual(120_000)
    await reconnect()
    await isBack()
    expect(configCalls() - before).toBe(1)
  })
})

describe('server-restart', () => {
  it('makes the page wait 10 to 120 s, and what was sent meanwhile is not lost', async () => {
    await hears('before')
    open.portal.faults.on('server-restart')
    const { code, wait } = await change('reconnecting')
    expect(code).toBe('SERVER_RESTART')
    expect(wait).toBeGreaterThanOrEqual(9_000)
    await expect.poll(() => open.portal.connections.length).toBe(0)
    open.portal.emit({ module: 'application', command: 'meanwhile' })
    await reconnect()
    await hears('after')
    expect(await open.inFrame(({ recorded }) => recorded.messages.map(({ command }) => command))).toEqual(['before', 'meanwhile', 'after'])
    expect(await gaps()).toEqual([])
  })
})

describe('stop-pings', () => {
  /** An answer of the portal's that takes longer than the time between two pings. */
  async function afterPings(): Promise<void> {
    open.portal.faults.on('rest-delay', { ms: 500 })
    await open.inFrame(({ connection }) => connection.call('server.time', {}))
    open.portal.faults.off('rest-delay')
  }

  it('makes the page take its connection for stuck after 20 s without one, and connect anew', async () => {
    // The last test of the file: the page's clock stays in the test's hands. Before version 5 clients await no pings.
    await open.close()
    open = await openConnection(site.browser, { app: site.url, pingInterval: 200, server: { version: 5 } })
    await open.page.clock.install()
    await open.reopen()
    await connectedFrame(open.page, open.portal.frames[0]!.id)
    for (let i = 0; i < 2; i++) {
      await afterPings()
      await open.page.clock.fastForward(12_000)
    }
    expect(await words()).toEqual(['connecting', 'connected'])
    open.portal.faults.on('stop-pings')
    for (let i = 0; i < 2; i++) {
      await afterPings()
      await open.page.clock.fastForward(12_000)
    }
    await isBack()
    expect(open.portal.log.map(({ title }) => title)).toContain('Disconnected (3005)')
  })
})
