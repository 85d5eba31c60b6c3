import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { launchBrowser } from '../support/browser'
import type { Random } from '../support/random'
import { chooseSeed, createRandom } from '../support/random'
import { openStress, serveStressPage } from '../support/stress-page'
import type { OpenStress } from '../support/stress-page'

// Random faults while numbered messages flow. The page's clock is Playwright's: it runs with the real one and is put forward over
// the waits of the ladder, which would otherwise make 200 cuts take hours; sockets and requests are real.

const isLong = import.meta.env.MODE === 'long'
/** So many have to be felt; some are not, because the page is stopped or a poll is between two requests. */
const CUTS = isLong ? 200 : 12
const MESSAGES = isLong ? 5_000 : 300
/** ms of real time for anything that has to happen. */
const PATIENCE = 60_000
/** ms by which the clocks of page and test may differ. */
const SLACK = 2_000

let browser: Browser
let server: Awaited<ReturnType<typeof serveStressPage>>

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), serveStressPage()])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** What happens in a round beside the cut. Only those that change the channel may end in a gap. */
const trouble = ['nothing', 'nothing', 'nothing', 'refuse', 'delay', 'repeat', 'slow-rest', 'stop', 'expire-tokens', 'channel-reconnect', 'channel-config'] as const

interface Sent { n: number, at: number }

/** One run: what was sent when, and what the page made of it. */
class Chaos {
  readonly sent: Sent[] = []
  readonly unexplained: string[] = []
  /** Channels that have expired and of which no gap has told yet. */
  private expectedGaps = 0
  private ahead = 0

  constructor(private readonly open: OpenStress, private readonly random: Random, private readonly isPolling: boolean) {}

  send(count: number): void {
    for (let i = 0; i < count; i++) {
      const n = this.sent.length
      this.open.portal.emit({ module: 'application', command: 'numbered', params: { n } })
      this.sent.push({ n, at: Date.now() + this.ahead })
    }
  }

  async round(messages: number): Promise<void> {
    const { open: { portal, inFrame }, random } = this
    const kind = random.pick(trouble)
    const gapsBefore = await inFrame(page => page.heard.gaps.length)
    const parts = [random.below(messages), random.below(messages), messages].sort((a, b) => a - b)
    const [first, second] = parts as [number, number]
    this.send(first)
    if (random.chance(0.5)) await wait(random.below(10))
    await this.cut(kind)
    this.send(second - first)
    await this.isBack()
    this.send(messages - second)
    portal.faults.clear()
    const gaps = await inFrame((page, from) => page.heard.gaps.slice(from), gapsBefore)
    // A new channel may come to be known rounds later, where the cut took the command along.
    if (kind.startsWith('channel')) this.expectedGaps++
    for (const { cause } of gaps) {
      if (cause === 'channel-changed' && this.expectedGaps > 0) this.expectedGaps--
      else this.unexplained.push(`${kind}: ${cause}`)
    }
    // A connection that has held for 10 s has the ladder start anew; some come sooner to their end.
    if (random.chance(0.7)) await this.forward(10_500)
  }

  private async cut(kind: typeof trouble[number]): Promise<void> {
    const { open: { portal, inFrame }, random } = this
    const { faults } = portal
    if (kind === 'refuse') faults.on('refuse-connections', { seconds: 0.01 + random.next() * 0.3 })
    if (kind === 'delay') faults.on('push-delay', { ms: random.below(50), jitter: random.below(50) })
    if (kind === 'repeat') faults.on('repeat-messages', { count: 10 })
    if (kind === 'slow-rest') faults.on('rest-delay', { ms: random.below(100) })
    if (kind === 'expire-tokens') faults.on('expire-tokens')
    if (kind === 'channel-reconnect') faults.on('channel-expire', { action: 'reconnect', channel: random.pick(['private', 'shared']) })
    if (kind === 'channel-config') faults.on('channel-expire', { action: 'get_config', channel: 'private' })
    if (kind === 'stop') await inFrame(page => page.pull.stop())
    const before = await this.felt()
    faults.on('cut-connections')
    if (kind === 'stop') return void await inFrame(page => void page.pull.start())
    const until = Date.now() + 2_000
    // A poll feels the cut with its next request; after a change of channel the loss may have been before.
    while (await this.felt() === before && Date.now() < until && !kind.startsWith('channel')) await wait(5)
  }

  /** How often the page has lost its connection and set out to come back. */
  felt(): Promise<number> {
    return this.open.inFrame(page => page.heard.changes.filter(({ current }) => current === 'reconnecting').length)
  }

  async isBack(): Promise<void> {
    const { open: { portal, inFrame } } = this
    const until = Date.now() + PATIENCE
    for (;;) {
      const { status, left } = await inFrame(({ pull }) => ({ status: pull.status.value, left: pull.nextRetryAt.value === null ? null : pull.nextRetryAt.value - Date.now() }))
      if (status === 'connected') return
      if (Date.now() > until) throw new Error(`Not connected again: ${status}, next retry in ${left} ms.`)
      // Else a refusal of some ms would use up a ladder of hours.
      const isRefused = portal.faults.list.some(({ name, isOn }) => name === 'refuse-connections' && isOn)
      if (left !== null && !(isRefused && left > 1_000)) await this.forward(Math.max(0, left) + 20)
      // Long polling counts as connected after 5 s without an answer.
      else if (this.isPolling && left === null) await this.forward(500)
      await wait(10)
    }
  }

  private async forward(ms: number): Promise<void> {
    await this.open.page.clock.fastForward(Math.round(ms))
    this.ahead += Math.round(ms)
  }

  async verdict(): Promise<Verdict> {
    const { open: { inFrame }, sent } = this
    const { numbers, gaps } = await inFrame(({ heard: { numbers, gaps } }) => ({ numbers, gaps }))
    const heard = new Set(numbers)
    const lost = sent.filter(({ n }) => !heard.has(n))
    return {
      felt: await this.felt(),
      sent: sent.length,
      twice: numbers.filter((n, i) => numbers.indexOf(n) !== i),
      lost: lost.length,
      lostInSilence: lost.filter(({ at }) => !gaps.some(({ from, to }) => from - SLACK <= at && at <= to + SLACK)).map(({ n }) => n),
      gaps: gaps.length,
      unexplained: this.unexplained,
    }
  }
}

interface Verdict {
  felt: number
  sent: number
  twice: number[]
  lost: number
  lostInSilence: number[]
  gaps: number
  unexplained: string[]
}

const transports: [string, PortalOptions['server']][] = ([5, 4, 3] as const).flatMap(version => (['websocket', 'long-polling'] as const)
  .map((transport): [string, PortalOptions['server']] => [`version ${version} over ${transport}`, { version, transport }]))

describe(`${CUTS} cuts and ${MESSAGES} numbered messages`, () => {
  it.each(transports)('lose nothing in silence and bring nothing twice on %s', async (name, settings) => {
    const seed = chooseSeed(`Chaos on ${name}`)
    const random = createRandom(seed)
    const open = await openStress(browser, {
      app: server.url,
      server: settings,
      pingInterval: 200,
      tokenLifetime: 86_400,
      prepare: context => context.clock.install(),
    })
    const chaos = new Chaos(open, random, settings?.transport === 'long-polling')
    const started = Date.now()
    await chaos.isBack()
    // Without a first message there would be no place to go on from: a gap, and rightly so.
    chaos.send(1)
    await open.frame.waitForFunction(() => window.stressPage.heard.numbers.length === 1, undefined, { timeout: PATIENCE })
    for (let i = 0; i < 2 * CUTS && (i < CUTS || await chaos.felt() < CUTS); i++) await chaos.round(Math.round(MESSAGES / CUTS))
    await chaos.isBack()
    chaos.send(1)
    const last = chaos.sent.at(-1)!.n
    await open.frame.waitForFunction(n => window.stressPage.heard.numbers.includes(n), last, { timeout: PATIENCE })

    const verdict = await chaos.verdict()
    console.info(`${name}: ${JSON.stringify(verdict)} in ${((Date.now() - started) / 1000).toFixed(0)} s`)
    expect(verdict, `SEED=${seed}`).toMatchObject({ twice: [], lostInSilence: [], unexplained: [] })
    expect(verdict.felt, `SEED=${seed}`).toBeGreaterThanOrEqual(CUTS)
    expect(verdict.sent, `SEED=${seed}`).toBeGreaterThanOrEqual(MESSAGES)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  }, isLong ? 900_000 : 180_000)
})
