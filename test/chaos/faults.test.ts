import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { pageForFile } from '../support/page-for-file'
import { PATIENCE } from '../support/patience'
import type { Random } from '../support/random'
import { chooseSeed, createRandom } from '../support/random'
import { openStress, serveStressPage } from '../support/stress-page'
import type { OpenStress } from '../support/stress-page'

// Random faults while numbered messages flow. The page's clock is Playwright's: it runs with the real one and is put forward over
// the waits of the ladder, which would otherwise make 200 cuts take hours; sockets and requests are real.

const isLong = import.meta.env.MODE === 'long'
/** So many have to be felt; some are not, because the page is stopped or a poll is between two requests. */
const CUTS = isLong ? 200 : 8
const MESSAGES = isLong ? 5_000 : 200
/** ms by which the clocks of page and test may differ. */
const SLACK = 2_000

const site = pageForFile(serveStressPage)

/** What happens in a round beside the cut. Only those that change the channel may end in a gap. */
const trouble = ['nothing', 'nothing', 'nothing', 'refuse', 'delay', 'repeat', 'slow-rest', 'stop', 'expire-tokens', 'channel-reconnect', 'channel-config'] as const

interface Sent { n: number, at: number }

/** A channel that has expired and of which no gap has told yet. */
interface Expired {
  /** The command may still tell the page the new channel. */
  byCommand: boolean
  /** The latest configuration at that moment. */
  asked: number
  /** How many losses the page had felt by then. */
  felt: number
}

/** The page's losses within which a command arrives, if it arrives at all: one under way when the channel expired, and the one after. */
const COMMAND_LIFE = 2

/** One run: what was sent when, and what the page made of it. */
class Chaos {
  readonly sent: Sent[] = []
  readonly unexplained: string[] = []
  private expired: Expired[] = []
  /** How many gaps have been judged. */
  private judged = 0
  /** How many numbers had been heard when a gap told of a channel whose first message has not come yet. */
  private unplacedAt: number | undefined
  private ahead = 0
  /** ms by which the two clocks may differ, as far as was seen. */
  private slack = SLACK

  constructor(private readonly open: OpenStress, private readonly random: Random, private readonly isPolling: boolean) {}

  send(count: number): void {
    for (let i = 0; i < count; i++) {
      const n = this.sent.length
      this.open.portal.emit({ module: 'application', command: 'numbered', params: { n } })
      this.sent.push({ n, at: Date.now() + this.ahead })
    }
  }

  async round(messages: number): Promise<void> {
    const { open: { portal }, random } = this
    const kind = random.pick(trouble)
    const parts = [random.below(messages), random.below(messages), messages].sort((a, b) => a - b)
    const [first, second] = parts as [number, number]
    this.send(first)
    if (random.chance(0.5)) await wait(random.below(10))
    await this.cut(kind)
    this.send(second - first)
    await this.isBack()
    this.send(messages - second)
    portal.faults.clear()
    await this.judgeGaps(kind)
    // A connection that has held for 10 s has the ladder start anew; some come sooner to their end.
    if (random.chance(0.7)) await this.forward(10_500)
  }

  /** Takes the gaps so far, of which none has to be explained. */
  async ignoreGaps(): Promise<void> {
    this.judged = await this.open.inFrame(page => page.heard.gaps.length)
  }

  /**
   * Looks for a reason for each gap that is new. The one there may be is a channel that expired. The page learns of the new one by a
   * command or, rounds later where a cut took that along, by its next configuration; and tells of a gap with the connection after.
   */
  private async judgeGaps(when: string): Promise<void> {
    const config = this.lastConfig()
    const { gaps, felt, isConnected } = await this.open.inFrame(({ heard: { gaps, numbersAtGaps, changes }, pull }, from) => ({
      gaps: gaps.slice(from).map(({ cause }, i) => ({ cause, heard: numbersAtGaps[from + i] })),
      felt: changes.filter(({ current }) => current === 'reconnecting').length,
      isConnected: pull.status.value === 'connected',
    }), this.judged)
    this.judged += gaps.length
    for (const { cause, heard } of gaps) {
      // The new channel's place is not known before its first message: a loss before that, in this round or the next, is a gap of its own.
      if (cause === 'no-id' && heard === this.unplacedAt) continue
      const reason = cause === 'channel-changed' ? this.expired.findLastIndex(({ byCommand, asked }) => byCommand || this.lastConfig() > asked) : -1
      if (reason < 0) this.unexplained.push(`${when}: ${cause}`)
      else this.expired.splice(reason, 1)
      this.unplacedAt = cause === 'channel-changed' ? heard : undefined
    }
    if (!isConnected) return
    // Who is connected has told of all that was in the configuration.
    this.expired = this.expired.filter(({ asked }) => config <= asked)
    for (const channel of this.expired) channel.byCommand &&= felt < channel.felt + COMMAND_LIFE
  }

  /** Which request gave the page its latest configuration. */
  private lastConfig(): number {
    return this.open.portal.requests.findLast(({ method, status }) => method === 'pull.application.config.get' && status === 200)?.id ?? 0
  }

  private async expire(action: 'reconnect' | 'get_config', channel: 'private' | 'shared'): Promise<void> {
    const felt = await this.felt()
    this.expired.push({ byCommand: action === 'reconnect', asked: this.lastConfig(), felt })
    this.open.portal.faults.on('channel-expire', { action, channel })
  }

  private async cut(kind: typeof trouble[number]): Promise<void> {
    const { open: { portal, inFrame }, random } = this
    const { faults } = portal
    if (kind === 'refuse') faults.on('refuse-connections', { seconds: 0.01 + random.next() * 0.3 })
    if (kind === 'delay') faults.on('push-delay', { ms: random.below(50), jitter: random.below(50) })
    if (kind === 'repeat') faults.on('repeat-messages', { count: 10 })
    if (kind === 'slow-rest') faults.on('rest-delay', { ms: random.below(100) })
    if (kind === 'expire-tokens') faults.on('expire-tokens')
    if (kind === 'channel-reconnect') await this.expire('reconnect', random.pick(['private', 'shared']))
    if (kind === 'channel-config') await this.expire('get_config', 'private')
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
    // Asked and not added up: on a busy machine the page's clock stands still while it is put forward.
    const asked = Date.now()
    const page = await this.open.inFrame(() => Date.now())
    const answered = Date.now()
    this.ahead = page - (asked + answered) / 2
    this.slack = Math.max(this.slack, SLACK + answered - asked)
  }

  async verdict(): Promise<Verdict> {
    await this.judgeGaps('after all')
    const { open: { inFrame }, sent, slack } = this
    const { numbers, gaps } = await inFrame(({ heard: { numbers, gaps } }) => ({ numbers, gaps }))
    const heard = new Set(numbers)
    const lost = sent.filter(({ n }) => !heard.has(n))
    return {
      felt: await this.felt(),
      sent: sent.length,
      twice: numbers.filter((n, i) => numbers.indexOf(n) !== i),
      lost: lost.length,
      lostInSilence: lost.filter(({ at }) => !gaps.some(({ from, to }) => from - slack <= at && at <= to + slack)).map(({ n }) => n),
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
    const open = await openStress(site.browser, {
      app: site.url,
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
    await open.frame.waitForFunction(() => window.stressPage.heard.numbers.length === 1)
    await chaos.ignoreGaps()
    for (let i = 0; i < 2 * CUTS && (i < CUTS || await chaos.felt() < CUTS); i++) await chaos.round(Math.round(MESSAGES / CUTS))
    await chaos.isBack()
    chaos.send(1)
    const last = chaos.sent.at(-1)!.n
    await open.frame.waitForFunction(n => window.stressPage.heard.numbers.includes(n), last)

    const verdict = await chaos.verdict()
    console.info(`${name}: ${JSON.stringify(verdict)} in ${((Date.now() - started) / 1000).toFixed(0)} s`)
    expect(verdict, `SEED=${seed}`).toMatchObject({ twice: [], lostInSilence: [], unexplained: [] })
    expect(verdict.felt, `SEED=${seed}`).toBeGreaterThanOrEqual(CUTS)
    expect(verdict.sent, `SEED=${seed}`).toBeGreaterThanOrEqual(MESSAGES)
    expect(open.problems.uncaught).toEqual([])
    await open.close()
  }, isLong ? 1_800_000 : 600_000)
})
