import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenConnection } from '../../support/connection-page'
import { openForEachTest } from '../../support/open-for-each-test'

// Ends of connections that only a browser has as they are, and clocks of a machine that are changed. Playwright's clock goes on by
// itself; it is put forward over the waits.

const HOUR = 3_600_000

let open: OpenConnection

openForEachTest(opened => (open = opened), { server: { version: 5 } })

beforeEach(async () => {
  await open.page.clock.install()
  await open.reopen()
})

const start = () => open.inFrame(({ connection }) => connection.start())
const status = (expected: string) => expect.poll(() => open.inFrame(({ connection }) => connection.state.status)).toBe(expected)
const state = () => open.inFrame(({ connection: { state: { status, attempt, reason, nextRetryAt } } }) =>
  ({ status, attempt, code: reason?.code ?? null, nextIn: nextRetryAt === null ? null : nextRetryAt - Date.now() }))
const lost = (attempt: number) => expect.poll(state).toMatchObject({ attempt, nextIn: expect.any(Number) })
const toNextTry = async () => open.page.clock.fastForward((await state()).nextIn! + 1)
const configs = () => open.portal.requests.filter(({ method }) => method === 'pull.application.config.get').length

async function connect(): Promise<void> {
  await start()
  await status('connected')
}

async function hear(command: string): Promise<void> {
  open.portal.emit({ module: 'application', command })
  await expect.poll(() => open.inFrame(({ recorded }) => recorded.messages.map(message => message.command))).toContain(command)
}

describe('an upgrade that is swallowed', () => {
  it('counts as one that is refused: from the third on the configuration is asked for anew, and it comes back', async () => {
    let sockets = 0
    open.page.on('websocket', () => sockets++)
    open.portal.faults.on('swallow-connections')
    await start()
    for (let attempt = 1; attempt <= 4; attempt++) {
      // Not before: what the page waits for until then is the portal's answer.
      await expect.poll(() => sockets).toBe(attempt)
      expect(configs()).toBe(Math.max(1, attempt - 2))
      expect(await state()).toMatchObject({ nextIn: null, ...(attempt > 3 && { status: 'suspended' }) })
      await open.page.clock.fastForward(45_001)
      await lost(attempt)
      expect((await state()).code).toBe('CONNECT_TIMEOUT')
      if (attempt === 4) open.portal.faults.off('swallow-connections')
      await toNextTry()
    }
    await status('connected')
    await hear('after')
  })
})

describe('a close code', () => {
  it('4029 is waited with for ten minutes, unless the person asks', async () => {
    await connect()
    open.portal.faults.on('close-connections', { code: 4029 })
    await lost(1)
    const { code, nextIn } = await state()
    expect(code).toBe('TOO_MANY_CONNECTIONS')
    expect(nextIn).toBeGreaterThan(590_000)
    await open.page.clock.fastForward(60_000)
    expect((await state()).nextIn).toBeGreaterThan(500_000)
    await open.inFrame(({ connection }) => connection.reconnect())
    await status('connected')
  })
})

describe('a push server that is replaced by one of version 4', () => {
  it('is told as a gap, and heard', async () => {
    await connect()
    await hear('before')
    open.portal.faults.on('replace-server', { version: 4 })
    await expect.poll(() => open.inFrame(({ recorded }) => recorded.gaps.map(({ cause }) => cause))).toEqual(['server-changed'])
    await hear('after')
  })
})

describe('a machine\'s clock', () => {
  it.each([-24 * HOUR, -2 * HOUR])('that is put back by %i ms while the connection is away makes nothing wait longer', async (change) => {
    await connect()
    open.portal.faults.on('refuse-connections', { seconds: 3600 })
    open.portal.faults.on('cut-connections')
    // The first try is due in a tenth of a second, by itself.
    await lost(2)
    await open.page.clock.setSystemTime(Date.now() + change)
    open.portal.faults.clear()
    await open.page.clock.fastForward(18_000)
    await status('connected')
  })

  it('that is 13 h ahead costs no second configuration', async () => {
    await open.page.clock.setSystemTime(Date.now() + 13 * HOUR)
    await connect()
    for (let minute = 0; minute < 3; minute++) await open.page.clock.runFor(60_000)
    await hear('after')
    expect(configs()).toBe(1)
    expect(await open.inFrame(({ recorded }) => recorded.changes.map(({ current }) => current))).toEqual(['connecting', 'connected'])
  })

  it('that is put ahead by a day while connected loses nothing, and costs no more than one gap', async () => {
    await connect()
    await hear('before')
    await open.page.clock.setSystemTime(Date.now() + 24 * HOUR)
    await open.page.clock.runFor(15_000)
    await hear('between')
    await open.page.clock.runFor(120_000)
    await status('connected')
    await hear('after')
    expect(await open.inFrame(({ recorded }) => recorded.gaps.length)).toBeLessThanOrEqual(1)
  })
})
