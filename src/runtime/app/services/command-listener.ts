import { isRef, onActivated, onDeactivated, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { PullBatchHandler, PullHandler, PullMessage, UsePullCommandOptions } from '../../types'
import type { PullError } from '../../utils/errors'
import { createSchemaGate } from '../../schema/schema-gate'
import type { SchemaGate } from '../../schema/schema-gate'
import { deliver } from '../hub/deliver'
import type { ProbedListener } from '../hub/probe'
import type { Listening, Subscription } from '../hub/subscription'
import type { PullContext } from '../pull-context'
import { HeardState } from './heard-state'
import { inTurn } from './in-turn'
import { createMessageBatch } from './message-batch'
import type { MessageBatch } from './message-batch'
import { passes } from './passes'
import { createSendLoop } from './send-loop'

/** What somebody wants to hear. What the names stand for may change. */
export interface CommandWants<Params> {
  module: MaybeRefOrGetter<string | null | undefined>
  command: MaybeRefOrGetter<string | readonly string[] | null | undefined>
  handler: PullHandler<Params> | PullBatchHandler<Params> | undefined
  options: UsePullCommandOptions<Params>
}

/** What may be in the way of hearing. */
const OFF = 1
const PAUSED = 2
const DEACTIVATED = 4
const STOPPED = 8
type Obstacle = typeof OFF | typeof PAUSED | typeof DEACTIVATED | typeof STOPPED

/** One listener of a command: subscribed for as long as nothing is in the way of it. */
export class CommandListener<Params> extends HeardState<Params> {
  private readonly handler: ((given: unknown, last: PullMessage) => unknown) | undefined
  private readonly batched: MessageBatch<PullMessage> | undefined
  private readonly gate: SchemaGate | undefined
  private readonly probed: ProbedListener | undefined
  private obstacles: number
  /** Whether the app's schemas count. Known per subscription: a storm must not ask for it with each message. */
  private isByName = true
  private listening: Listening | null = null
  private onStop: (() => void)[] | undefined
  private readonly module: CommandWants<Params>['module']
  private readonly command: CommandWants<Params>['command']
  private readonly options: UsePullCommandOptions<Params>

  /** @param context none on the server, and in an app without a pull: nothing is heard there */
  constructor(private readonly context: PullContext | null, { module, command, handler, options }: CommandWants<Params>) {
    const { batch, enabled = true } = options
    const isEnabled = toValue(enabled)
    super(isEnabled)
    this.module = module
    this.command = command
    this.options = options
    this.handler = handler as typeof this.handler
    this.obstacles = isEnabled ? 0 : OFF
    if (batch) this.batched = this.createBatch()
    if (this.hasGate) this.gate = this.createGate(this.toListener())
    if (process.env.NODE_ENV !== 'production') {
      const states = [[STOPPED, 'stopped'], [PAUSED, 'paused'], [DEACTIVATED, 'deactivated'], [OFF, 'off']] as const
      const { type = 'server', ignoreOwn = false } = options
      if (handler && context) this.handler = (given, last) => context.service(createSendLoop).watchHandler(last, () => handler(given as never, last as never))
      this.probed = context?.probe?.listener('usePullCommand', () => ({
        type, ignoreOwn, module: toValue(module) ?? null, commands: [toValue(command) ?? []].flat(),
        state: states.find(([obstacle]) => this.obstacles & obstacle)?.[1] ?? 'active',
      }))
    }
  }

  /** Listens to what is wanted now, in place of what was before. @throws PullError of names that are none, in development */
  subscribe(): void {
    if (process.env.NODE_ENV !== 'production') this.probed?.changed()
    this.listening?.leave()
    this.listening = null
    this.gate?.clear()
    if (!this.context || !this.isActive) return
    const { handler, gate, options: { filter, once, batch } } = this
    const isPlain = handler && !gate && !filter && !once && !batch
    const wanted = isPlain ? this.request(handler) : this.request(undefined, gate?.receive ?? this.toListener())
    if (!wanted) return
    if (gate) this.isByName = isNamed(wanted)
    this.listening = this.context.listen(process.env.NODE_ENV !== 'production' && this.probed ? this.probed.tap(wanted) : wanted)
  }

  /** Hears the last of what was recorded, where that is wanted and nothing newer has come. */
  replay(): void {
    if (this.options.replay && this.isActive) this.replayNewest()
  }

  private replayNewest(): void {
    const before = this.catchUp()
    // This subscription's: each that follows in the same tick asks for its own.
    const mine = this.listening
    queueMicrotask(() => {
      const isOpen = () => mine !== null && mine === this.listening && this.catchUp() === before
      if (!isOpen()) return
      // Not the subscription's own gate: what is rejected there gives way to nothing.
      const accept = (received: PullMessage) => isOpen() ? this.deliver(received, next) : undefined
      const wanted = this.request(undefined, this.hasGate ? this.createGate(accept).receive : accept)
      const next = inTurn(wanted ? this.context?.replay(wanted) : undefined, isOpen)
      next()
    })
  }

  /** Something is in the way of hearing, or not any more. */
  private block(by: Obstacle, isThere: boolean): void {
    this.obstacles = isThere ? this.obstacles | by : this.obstacles & ~by
    const isActive = !this.obstacles
    if (this.isActive === isActive) return
    if (by === STOPPED) this.batched?.clear()
    else if (!isActive) this.batched?.flush()
    this.setActive(isActive)
    this.subscribe()
  }

  /** Goes by whatever of the names, and of the option `enabled`, may change. */
  follow(): void {
    const { module, command, options: { enabled } } = this
    if (isDynamic(module) || isDynamic(command)) this.followNames()
    if (isDynamic(enabled)) this.followEnabled()
  }

  private followNames(): void {
    const { module, command } = this
    this.endsWith(watch(() => [toValue(module), ...[toValue(command)].flat()].join('\0'), () => {
      try {
        this.subscribe()
        this.replay()
      }
      catch (problem) {
        this.fail(problem as PullError)
      }
    }, { flush: 'sync' }))
  }

  private followEnabled(): void {
    const { enabled } = this.options
    this.endsWith(watch(() => toValue(enabled)!, (isOn, wasOn) => {
      this.block(OFF, !isOn)
      if (isOn && !wasOn) this.replay()
    }, { flush: 'sync' }))
  }

  /** Rests while the component at hand is kept alive, but not shown. */
  restWithComponent(): void {
    onDeactivated(() => this.block(DEACTIVATED, true))
    onActivated(() => this.block(DEACTIVATED, false))
  }

  pause(): void {
    this.block(PAUSED, true)
  }

  resume(): void {
    this.block(PAUSED, false)
  }

  stop(): void {
    this.onStop?.forEach(stop => stop())
    this.block(STOPPED, true)
  }

  private endsWith(stop: () => void): void {
    (this.onStop ??= []).push(stop)
  }

  private fail(problem: PullError): void {
    this.setError(problem)
    this.context?.report(problem)
  }

  private toListener(): (message: PullMessage) => unknown {
    return message => this.deliver(message)
  }

  private deliver(message: PullMessage, onRejected?: () => void): unknown {
    const { filter, once } = this.options
    if (filter && !passes(filter, message as PullMessage<Params>)) {
      if (process.env.NODE_ENV !== 'production') this.probed?.filtered()
      return onRejected?.()
    }
    if (once) this.stop()
    // What ended this one while the message was dispatched changes nothing for it, and what waits would come after the end.
    if (this.batched) return this.isActive ? this.batched.add(message) : this.handleBatch([message])
    this.show(message, 1)
    return this.handler?.(message.params, message)
  }

  private createBatch(): MessageBatch<PullMessage> {
    return createMessageBatch(messages => this.handleBatch(messages))
  }

  /** A batch is handed over outside the dispatch, which shields handlers from each other's errors. */
  private handleBatch(messages: readonly PullMessage[]): void {
    const last = messages.at(-1)!
    this.show(last, messages.length)
    deliver({ listener: () => this.handler?.(messages, last), shown: this }, last, (problem, of) => this.context?.report(problem, of))
  }

  /** `null` where there is nothing to listen to (yet). */
  private request(handler: Subscription['handler'], listener?: Subscription['listener']): Subscription | null {
    const { type = 'server', ignoreOwn = false } = this.options
    const module = toValue(this.module)
    const command = toValue(this.command)
    if (module == null || command == null) return null
    return { type, module, commands: command, listener, handler, shown: this, ignoreOwn }
  }

  /** Whether there may be a schema to ask. */
  private get hasGate(): boolean {
    return !!(this.options.schema ?? this.context?.schemaOf)
  }

  private createGate(accept: (received: PullMessage) => unknown): SchemaGate {
    const { context, options: { schema } } = this
    return createSchemaGate({
      schemaOf: ({ module, command }) => schema ?? (this.isByName ? context?.schemaOf?.(module, command) : undefined),
      accept,
      isLive: () => this.isActive,
      onOverflow: (problem, gap) => {
        this.fail(problem)
        context?.reportGap(gap)
      },
    })
  }
}

/** Who listens to everything, to log it say, gets messages as they came. */
function isNamed({ module, commands }: Subscription): boolean {
  return module !== '*' && ![commands].flat().includes('*')
}

function isDynamic(source: unknown): boolean {
  // Vue would look for its mark on a plain name, too, which takes as long as all the rest.
  return typeof source === 'function' || (typeof source === 'object' && isRef(source))
}
