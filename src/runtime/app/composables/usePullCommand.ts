import { getCurrentInstance, isRef, onActivated, onDeactivated, toValue, watch } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { PullBatchHandler, PullCommandName, PullHandler, PullMessage, PullModuleName, ReceivedParams, StandardSchemaV1, UsePullCommandOptions, UsePullCommandReturn } from '../../types'
import type { PullError } from '../../utils/errors'
import { createSchemaGate } from '../../schema/schema-gate'
import { deliver as deliverTo } from '../hub/deliver'
import type { Subscription } from '../hub/subscription'
import { injectPull } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'
import { checkCommandArguments } from '../services/check-arguments'
import { inTurn } from '../services/in-turn'
import { LazyRef } from '../services/lazy-ref'
import { createMessageBatch } from '../services/message-batch'
import { passes } from '../services/passes'
import { createSendLoop } from '../services/send-loop'

/**
 * Hears a command of a module for as long as the component (or other effect scope) lives.
 *
 * @param module module id, `'*'` for every module; a ref or getter subscribes anew when it changes; with `null` it hears nothing
 * @param command command, list of commands, or `'*'` for every command of the module; a ref or getter likewise
 * @param handler called with params and message, or with a list of messages where `batch` is on; may be left out; its errors reach `error` and the hook `b24-pull:error`, and nobody else
 * @param options which senders, replay, once, batch, enabled, schema, filter, `<KeepAlive>`, own messages
 * @throws PullError `NO_CONTEXT`, and in development `ARGUMENT_ERROR`, `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`: a production
 * build keeps the last three in `error` and tells the hook
 *
 * @example
 * ```ts
 * const { data, count } = usePullCommand('application', 'ping', (params) => {
 *   console.info('ping', params)
 * })
 * ```
 */
export function usePullCommand<M extends PullModuleName, C extends PullCommandName<M>, S extends StandardSchemaV1 | undefined = undefined>(
  module: MaybeRefOrGetter<M | null | undefined>,
  command: MaybeRefOrGetter<C | readonly C[] | null | undefined>,
  handler: PullBatchHandler<ReceivedParams<M, C, S>>,
  options: UsePullCommandOptions<ReceivedParams<M, C, S>, S> & { batch: true, once?: false },
): UsePullCommandReturn<ReceivedParams<M, C, S>>
export function usePullCommand<M extends PullModuleName, C extends PullCommandName<M>, S extends StandardSchemaV1 | undefined = undefined>(
  module: MaybeRefOrGetter<M | null | undefined>,
  command: MaybeRefOrGetter<C | readonly C[] | null | undefined>,
  options: UsePullCommandOptions<ReceivedParams<M, C, S>, S>,
): UsePullCommandReturn<ReceivedParams<M, C, S>>
export function usePullCommand<M extends PullModuleName, C extends PullCommandName<M>, S extends StandardSchemaV1 | undefined = undefined>(
  module: MaybeRefOrGetter<M | null | undefined>,
  command: MaybeRefOrGetter<C | readonly C[] | null | undefined>,
  handler?: PullHandler<ReceivedParams<M, C, S>> | null,
  options?: UsePullCommandOptions<ReceivedParams<M, C, S>, S>,
): UsePullCommandReturn<ReceivedParams<M, C, S>>
export function usePullCommand<M extends PullModuleName, C extends PullCommandName<M>, S extends StandardSchemaV1 | undefined = undefined>(
  module: MaybeRefOrGetter<M | null | undefined>,
  command: MaybeRefOrGetter<C | readonly C[] | null | undefined>,
  handlerOrOptions?: PullHandler<ReceivedParams<M, C, S>> | PullBatchHandler<ReceivedParams<M, C, S>> | UsePullCommandOptions<ReceivedParams<M, C, S>, S> | null,
  givenOptions?: UsePullCommandOptions<ReceivedParams<M, C, S>, S>,
): UsePullCommandReturn<ReceivedParams<M, C, S>> {
  type Params = ReceivedParams<M, C, S>
  if (process.env.NODE_ENV !== 'production') checkCommandArguments(handlerOrOptions, givenOptions)
  const handler = typeof handlerOrOptions === 'function' ? handlerOrOptions : undefined
  const options = givenOptions ?? (handler ? {} : handlerOrOptions as typeof givenOptions) ?? {}
  const context = injectPull('usePullCommand')
  const data = new LazyRef<Params | undefined>(undefined)
  const message = new LazyRef<PullMessage<Params> | undefined>(undefined)
  const count = new LazyRef(0)
  const error = new LazyRef<PullError | null>(null)
  const { type = 'server', replay = false, once = false, schema, filter, whileActive = false, ignoreOwn = false, enabled = true, batch = false } = options
  const isActive = new LazyRef(toValue(enabled))

  let isEnabled = isActive.value
  let isPaused = false
  let isDeactivated = false
  let isStopped = false
  /** Whether the app's schemas count. Known per subscription: a storm must not ask for it with each message. */
  let isByName = true
  let unsubscribe: (() => void) | null = null
  const stops: (() => void)[] = []

  const probed = process.env.NODE_ENV !== 'production'
    ? context?.probe?.listener('usePullCommand', () => ({
        type, ignoreOwn, module: toValue(module) ?? null, commands: [toValue(command) ?? []].flat(),
        state: isStopped ? 'stopped' : isPaused ? 'paused' : isDeactivated ? 'deactivated' : isEnabled ? 'active' : 'off',
      }))
    : undefined

  const createGate = (accept: (received: PullMessage) => unknown) => (schema || context?.schemaOf) && createSchemaGate({
    schemaOf: received => schema ?? (isByName ? context?.schemaOf?.(received.module, received.command) : undefined),
    accept,
    isLive: () => isActive.value,
    onOverflow(problem, gap) {
      fail(problem)
      context?.reportGap(gap)
    },
  })
  const gate = createGate(deliver)
  const batched = batch ? createMessageBatch(handleBatch) : null

  function deliver(received: PullMessage, onRejected?: () => void): unknown {
    const typed = received as PullMessage<Params>
    if (filter && !passes(filter, typed)) {
      if (process.env.NODE_ENV !== 'production') probed?.filtered()
      return onRejected?.()
    }
    if (once) stop()
    if (batched) return batched.add(typed)
    show(typed, 1)
    if (handler) return call(typed, () => (handler as PullHandler<Params>)(typed.params, typed))
  }

  function show(last: PullMessage<Params>, more: number): void {
    data.value = last.params
    message.value = last
    count.value += more
  }

  function call(last: PullMessage<Params>, run: () => unknown): unknown {
    return process.env.NODE_ENV !== 'production' && context ? context.service(createSendLoop).watchHandler(last, run) : run()
  }

  /** A batch is handed over outside the dispatch, which shields handlers from each other's errors. */
  function handleBatch(messages: readonly PullMessage<Params>[]): void {
    const last = messages.at(-1)!
    show(last, messages.length)
    if (!handler) return
    const listener = () => call(last, () => (handler as PullBatchHandler<Params>)(messages))
    deliverTo({ listener, onError }, last as PullMessage, (problem, of) => context?.report(problem, of))
  }

  const onError = (problem: PullError) => error.value = problem

  function fail(problem: PullError): void {
    onError(problem)
    context?.report(problem)
  }

  /** `null` where there is nothing to listen to (yet). */
  function request(listener: Subscription['listener']): Subscription | null {
    const names = { module: toValue(module), command: toValue(command) }
    if (names.module == null || names.command == null) return null
    return { type, module: names.module, commands: [names.command].flat(), listener, onError, ignoreOwn }
  }

  function subscribe(): void {
    if (process.env.NODE_ENV !== 'production') probed?.changed()
    unsubscribe?.()
    unsubscribe = null
    gate?.clear()
    if (!context || !isActive.value) return
    const wanted = request(gate?.receive ?? deliver)
    if (!wanted) return
    isByName = isNamed(wanted)
    unsubscribe = context.listen(process.env.NODE_ENV !== 'production' && probed ? probed.tap(wanted) : wanted)
  }

  function replayLast(): void {
    const before = count.value
    queueMicrotask(() => {
      const mine = unsubscribe
      const isOpen = () => mine !== null && mine === unsubscribe && count.value === before
      if (!isOpen()) return
      // Not the subscription's own gate: what is rejected there gives way to nothing.
      const accept = (received: PullMessage) => isOpen() ? deliver(received, next) : undefined
      const wanted = request(createGate(accept)?.receive ?? accept)
      const next = inTurn(wanted ? context?.replay(wanted) : undefined, isOpen)
      next()
    })
  }

  function update(): void {
    const active = isEnabled && !isStopped && !isPaused && !isDeactivated
    if (isActive.value === active) return
    if (isStopped) batched?.clear()
    else if (!active) batched?.flush()
    isActive.value = active
    subscribe()
  }

  function setEnabled(isOn: boolean): void {
    const isNew = isOn && !isEnabled
    isEnabled = isOn
    update()
    if (isNew && replay && isActive.value) replayLast()
  }

  function setPaused(paused: boolean): void {
    isPaused = paused
    update()
  }

  function setDeactivated(deactivated: boolean): void {
    isDeactivated = deactivated
    update()
  }

  function stop(): void {
    isStopped = true
    for (const stopWatching of stops) stopWatching()
    update()
  }

  subscribe()
  if (context) {
    if (replay && isActive.value) replayLast()
    if (isDynamic(module) || isDynamic(command)) {
      stops.push(watch(() => [toValue(module), ...[toValue(command)].flat()].join('\0'), () => {
        try {
          subscribe()
          if (replay && isActive.value) replayLast()
        }
        catch (problem) {
          fail(problem as PullError)
        }
      }, { flush: 'sync' }))
    }
    if (isDynamic(enabled)) stops.push(watch(() => toValue(enabled), setEnabled, { flush: 'sync' }))
    bindToScope(context, 'usePullCommand', stop)
  }

  if (whileActive && getCurrentInstance()) {
    onDeactivated(() => setDeactivated(true))
    onActivated(() => setDeactivated(false))
  }

  return {
    get data() {
      return data.ref
    },
    get message() {
      return message.ref
    },
    get count() {
      return count.ref
    },
    get error() {
      return error.ref
    },
    get isActive() {
      return isActive.ref
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    stop,
  }
}

function isDynamic(source: unknown): boolean {
  return isRef(source) || typeof source === 'function'
}

/** Who listens to everything, to log it say, gets messages as they came. */
function isNamed({ module, commands }: Subscription): boolean {
  return module !== '*' && !commands.includes('*')
}
