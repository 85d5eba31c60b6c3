import { useEventBus } from '@vueuse/core'
import mitt from 'mitt'
import { effectScope } from 'vue'
import { createHub } from '../../src/runtime/app/hub/hub'
import type { PullMessage } from '../../src/runtime/types'
import { type Contestant, contestants } from './contestants'
import { bodies, commandName, frames, MODULES, moduleName } from './feed'
import { type Effort, type Figures, interleave } from './measure'

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
  /** The same, each subscription with a command of its own in one module. */
  oneModule: BySize
  /** The same, from the frame's text on. */
  oneModuleFrames: BySize
  /** To all handlers of one command. */
  crowd: BySize
  /** The dispatch alone, without the SDK, one handler among many. */
  aloneSpread: BySize
  /** The dispatch alone, to all handlers of one command. */
  aloneCrowd: BySize
}

export async function dispatch(effort: Effort): Promise<DispatchResult> {
  const through = (audience: Audience, level: Level) => (size: number) => throughSdk(audience, size, level, effort)
  return {
    spread: await bySize(SPREAD, through(audiences.spread, 'message')),
    oneModule: await bySize(SPREAD, through(audiences.oneModule, 'message')),
    oneModuleFrames: await bySize(SPREAD, through(audiences.oneModule, 'frame')),
    crowd: await bySize(CROWD, through(audiences.crowd, 'message')),
    aloneSpread: await bySize(SPREAD, size => alone(size, n => `${moduleName(n)}:${commandName(n)}`, effort)),
    aloneCrowd: await bySize(CROWD, size => alone(size, () => 'application:command', effort)),
  }
}

async function bySize(sizes: number[], run: (size: number) => Promise<Figures>): Promise<BySize> {
  const results: BySize = {}
  for (const size of sizes) results[size] = await run(size)
  return results
}

async function throughSdk(audience: Audience, size: number, level: Level, effort: Effort): Promise<Figures> {
  const names = [audience.module(size - 1), audience.command(size - 1)] as const
  const work: Record<string, () => void> = {}
  const ends: (() => void)[] = []
  for (const [name, create] of Object.entries(contestants)) {
    const contestant = await create()
    const counted = subscribeMany(contestant, size, audience)
    const nextFrame = frames(...names)
    const nextBody = bodies(...names)
    work[name] = level === 'frame' ? () => contestant.receive(nextFrame()) : () => contestant.take(nextBody())
    work[name]()
    if (counted.calls !== audience.hearers(size)) throw new Error(`${name} called ${counted.calls} handlers in place of ${audience.hearers(size)}.`)
    ends.push(counted.end, contestant.close)
  }
  const figures = await interleave(work, effort)
  ends.forEach(end => end())
  return figures
}

function subscribeMany({ app, use }: Contestant, size: number, { module, command }: Audience): { calls: number, end: () => void } {
  const scope = effectScope(true)
  const counted = { calls: 0, end: () => scope.stop() }
  app.runWithContext(() => scope.run(() => {
    for (let n = 0; n < size; n++) use(module(n), command(n), () => counted.calls++)
  }))
  return counted
}

/** The registries without anything around them: ours, mitt, an event bus for each key. */
async function alone(size: number, key: (n: number) => string, effort: Effort): Promise<Figures> {
  const hub = createHub()
  const emitter = mitt<Record<string, unknown>>()
  const offs: (() => void)[] = []
  let calls = 0
  for (let n = 0; n < size; n++) {
    const [module, command] = key(n).split(':') as [string, string]
    hub.subscribe({ type: 'server', module, commands: [command], listener: () => void calls++, onError() {} })
    emitter.on(key(n), () => void calls++)
    offs.push(useEventBus<unknown>(key(n)).on(() => void calls++))
  }
  const [module, command] = key(size - 1).split(':') as [string, string]
  const message: PullMessage = { module, command, params: {}, extra: {}, type: 'server', receivedAt: 0, source: 'push' }
  const name = key(size - 1)
  const figures = await interleave({
    ours: () => hub.dispatch(message),
    mitt: () => emitter.emit(name, message),
    eventBus: () => useEventBus<unknown>(name).emit(message),
  }, effort)
  offs.forEach(off => off())
  if (!calls) throw new Error(`No handler was called among ${size} in ${MODULES} modules.`)
  return figures
}
