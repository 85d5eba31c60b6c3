import { effectScope } from 'vue'
import { median, pairedRatio } from '../lib/rounds.mjs'
import { contestants, crowdContestants } from './contestants'
import type { Contestant, Figures } from './contestants'
import { bodies, commandName, frames, moduleName } from './feed'
import { interleave } from './measure'
import type { Effort } from './measure'
import { registries } from './registries'

const SPREAD = [1, 100, 1000, 10_000]
const CROWD = [1, 100, 1000]

/** ns per message, by number of subscriptions. */
export type BySize = Record<number, Figures>

/** `message`: from the SDK's incoming message on; `frame`: with the frame's JSON, which costs all of them the same. */
type Level = 'message' | 'frame'

/** Who listens: the module and command of each subscription; the message is for the last one, and for all that share its command. */
interface Audience {
  module: (n: number) => string
  command: (n: number) => string
  /** How many of so many subscriptions a message is for. */
  hearers: (size: number) => number
}

const audiences = {
  spread: { module: moduleName, command: commandName, hearers: () => 1 },
  oneModule: { module: () => 'application', command: n => `command.${n}`, hearers: () => 1 },
  crowd: { module: () => 'application', command: () => 'command', hearers: size => size },
} satisfies Record<string, Audience>

export interface DispatchResult {
  /** ns from the SDK's incoming message to the handler it is for, subscriptions spread over 100 modules. */
  spread: BySize
  /** What 10,000 subscriptions cost to what one does: the median of the rounds' ratios. */
  spreadGrowth: Figures
  /** The same, each subscription with a command of its own in one module. */
  oneModule: BySize
  /** The same growth there. */
  oneModuleGrowth: Figures
  /** The same, from the frame's text on. */
  oneModuleFrames: BySize
  /** To all handlers of one command; ours also by `$b24Pull.on()`, which calls a handler and keeps nothing, as the others do. */
  crowd: BySize
  /** The dispatch alone, without the SDK, one handler among many. */
  aloneSpread: BySize
  /** The dispatch alone, to all handlers of one command. */
  aloneCrowd: BySize
}

export async function dispatch(effort: Effort): Promise<DispatchResult> {
  const spread = await throughSdk(contestants, SPREAD, audiences.spread, 'message', effort)
  const oneModule = await throughSdk(contestants, SPREAD, audiences.oneModule, 'message', effort)
  return {
    spread: bySize(spread),
    spreadGrowth: growth(spread, 1, 10_000),
    oneModule: bySize(oneModule),
    oneModuleGrowth: growth(oneModule, 1, 10_000),
    oneModuleFrames: bySize(await throughSdk(contestants, SPREAD, audiences.oneModule, 'frame', effort)),
    crowd: bySize(await throughSdk(crowdContestants, CROWD, audiences.crowd, 'message', effort)),
    aloneSpread: bySize(await alone(SPREAD, audiences.spread, effort)),
    aloneCrowd: bySize(await alone(CROWD, audiences.crowd, effort)),
  }
}

/** Who takes turns: a contestant with so many subscriptions. */
interface Runner { name: string, size: number }

/** ns per message in each round. */
type Rounds = Map<Runner, number[]>

function bySize(seen: Rounds): BySize {
  const result: BySize = {}
  for (const [{ name, size }, rounds] of seen) (result[size] ??= {})[name] = median(rounds)
  return result
}

function growth(seen: Rounds, from: number, to: number): Figures {
  const roundsOf = (size: number) => new Map([...seen].filter(([runner]) => runner.size === size).map(([{ name }, rounds]) => [name, rounds]))
  const few = roundsOf(from)
  return Object.fromEntries([...roundsOf(to)].map(([name, rounds]) => [name, pairedRatio(rounds, few.get(name)!)]))
}

/** All sizes of all contestants side by side, so that sizes, too, are compared within one round. */
async function throughSdk(who: Record<string, () => Promise<Contestant>>, sizes: number[], audience: Audience, level: Level, effort: Effort): Promise<Rounds> {
  const work = new Map<Runner, () => void>()
  const ends: (() => void)[] = []
  for (const [name, create] of Object.entries(who)) {
    for (const size of sizes) {
      const contestant = await create()
      const addressee = [audience.module(size - 1), audience.command(size - 1)] as const
      const nextFrame = frames(...addressee)
      const nextBody = bodies(...addressee)
      const run = level === 'frame' ? () => contestant.receive(nextFrame()) : () => contestant.take(nextBody())
      const counted = subscribeMany(contestant, size, audience)
      run()
      mustHaveCalled(name, counted.calls, audience.hearers(size))
      work.set({ name, size }, run)
      ends.push(counted.end, contestant.close)
    }
  }
  const seen = await interleave(work, effort)
  ends.forEach(end => end())
  return seen
}

function subscribeMany({ app, use }: Contestant, size: number, { module, command }: Audience): { calls: number, end: () => void } {
  const scope = effectScope(true)
  const counted = { calls: 0, end: () => scope.stop() }
  app.runWithContext(() => scope.run(() => {
    for (let n = 0; n < size; n++) use(module(n), command(n), () => counted.calls++)
  }))
  return counted
}

/** The registries without anything around them. */
async function alone(sizes: number[], audience: Audience, effort: Effort): Promise<Rounds> {
  const work = new Map<Runner, () => void>()
  const offs: (() => void)[] = []
  for (const [name, create] of Object.entries(registries)) {
    for (const size of sizes) {
      const registry = create()
      let calls = 0
      for (let n = 0; n < size; n++) offs.push(registry.on(audience.module(n), audience.command(n), () => void calls++))
      const run = registry.emitting({ module: audience.module(size - 1), command: audience.command(size - 1), params: {}, extra: {}, type: 'server', receivedAt: 0, source: 'push' })
      run()
      mustHaveCalled(name, calls, audience.hearers(size))
      work.set({ name, size }, run)
    }
  }
  const seen = await interleave(work, effort)
  offs.forEach(off => off())
  return seen
}

/** A contestant that is fast because it does nothing is none. */
function mustHaveCalled(name: string, calls: number, hearers: number): void {
  if (calls !== hearers) throw new Error(`${name} called ${calls} handlers in place of ${hearers}.`)
}
