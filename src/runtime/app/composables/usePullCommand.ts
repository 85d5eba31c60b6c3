import { getCurrentInstance, isRef, type MaybeRefOrGetter, onActivated, onDeactivated, toValue, watch } from 'vue'
import type { PullCommandName, PullHandler, PullMessage, PullModuleName, ReceivedParams, StandardSchemaV1, UsePullCommandOptions, UsePullCommandReturn } from '../../types'
import { isDev } from '../../utils/env'
import { PullError } from '../../utils/errors'
import { createSchemaGate } from '../../schema/schema-gate'
import { injectPull, type ListenRequest } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'
import { inTurn } from '../services/in-turn'
import { LazyRef } from '../services/lazy-ref'
import { createSendLoop } from '../services/send-loop'

/**
 * Hears a command of a module for as long as the component (or other effect scope) lives.
 *
 * @param module module id, `'*'` for every module; a ref or getter subscribes anew when it changes
 * @param command command, list of commands, or `'*'` for every command of the module; a ref or getter likewise
 * @param handler called with params and message; its errors reach `error` and the hook `b24-pull:error`, and nobody else
 * @param options which senders, replay, once, schema, filter, `<KeepAlive>`, own messages
 * @throws PullError `MODULE_ID_ERROR`, `MODULE_RESERVED`, `COMMAND_ERROR`, `NO_CONTEXT`
 *
 * @example
 * ```ts
 * const { data, count } = usePullCommand('application', 'ping', (params) => {
 *   console.info('ping', params)
 * })
 * ```
 */
export function usePullCommand<M extends PullModuleName, C extends PullCommandName<M>, S extends StandardSchemaV1 | undefined = undefined>(
  module: MaybeRefOrGetter<M>,
  command: MaybeRefOrGetter<C | readonly C[]>,
  handler?: PullHandler<ReceivedParams<M, C, S>>,
  options: UsePullCommandOptions<ReceivedParams<M, C, S>, S> = {},
): UsePullCommandReturn<ReceivedParams<M, C, S>> {
  type Params = ReceivedParams<M, C, S>
  const context = injectPull('usePullCommand')
  const data = new LazyRef<Params | undefined>(undefined)
  const message = new LazyRef<PullMessage<Params> | undefined>(undefined)
  const count = new LazyRef(0)
  const error = new LazyRef<PullError | null>(null)
  const isActive = new LazyRef(true)
  const { type = 'server', replay = false, once = false, schema, filter, whileActive = false, ignoreOwn = false } = options

  let isPaused = false
  let isDeactivated = false
  let isStopped = false
  /** Whether the app's schemas count. Known per subscription: a storm must not ask for it with each message. */
  let isByName = true
  let unsubscribe: (() => void) | null = null
  let stopWatching: (() => void) | null = null

  const createGate = (accept: (received: PullMessage) => unknown) => (schema || context?.schemaOf) && createSchemaGate({
    schemaOf: received => schema ?? (isByName ? context?.schemaOf?.(received.module, received.command) : undefined),
    accept,
    isLive: () => isActive.value,
    onOverflow(problem, gap) {
      error.value = problem
      context?.report(problem)
      context?.reportGap(gap)
    },
  })
  const gate = createGate(deliver)

  function deliver(received: PullMessage, onRejected?: () => void): unknown {
    const typed = received as PullMessage<Params>
    if (filter && !passes(filter, typed)) return onRejected?.()
    if (once) stop()
    data.value = typed.params
    message.value = typed
    count.value++
    if (!handler) return
    return isDev && context ? context.service(createSendLoop).watchHandler(received, () => handler(typed.params, typed)) : handler(typed.params, typed)
  }

  function request(listener: ListenRequest['listener']): ListenRequest {
    return { type, module: toValue(module), command: toValue(command), listener, onError: problem => error.value = problem, ignoreOwn }
  }

  function subscribe(): void {
    unsubscribe?.()
    unsubscribe = null
    gate?.clear()
    if (!context || !isActive.value) return
    isByName = isNamed(toValue(module), toValue(command))
    unsubscribe = context.listen(request(gate?.receive ?? deliver))
  }

  function replayLast(): void {
    const before = count.value
    queueMicrotask(() => {
      const mine = unsubscribe
      const isOpen = () => mine !== null && mine === unsubscribe && count.value === before
      if (!isOpen()) return
      // Not the subscription's own gate: what is rejected there gives way to nothing.
      const accept = (received: PullMessage) => isOpen() ? deliver(received, next) : undefined
      const next = inTurn(context?.replay(request(createGate(accept)?.receive ?? accept)), isOpen)
      next()
    })
  }

  function update(): void {
    const active = !isStopped && !isPaused && !isDeactivated
    if (isActive.value === active) return
    isActive.value = active
    subscribe()
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
    stopWatching?.()
    update()
  }

  subscribe()
  if (context) {
    if (replay) replayLast()
    if (isDynamic(module) || isDynamic(command)) {
      stopWatching = watch(() => [toValue(module), ...[toValue(command)].flat()].join('\0'), () => {
        try {
          subscribe()
          if (replay) replayLast()
        }
        catch (problem) {
          error.value = problem as PullError
          context.report(problem as PullError)
        }
      }, { flush: 'sync' })
    }
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
function isNamed(module: string, command: string | readonly string[]): boolean {
  return module !== '*' && ![command].flat().includes('*')
}

function passes<T extends PullMessage<unknown>>(filter: (message: T) => boolean, message: T): boolean {
  try {
    return filter(message)
  }
  catch (cause) {
    throw new PullError({
      code: 'FILTER_FAILED',
      message: `The filter of '${message.module}' / '${message.command}' failed${cause instanceof Error ? `: ${cause.message}` : ''}.`,
      why: 'It threw; the message was not delivered to this subscription.',
      fix: 'Make `filter` answer true or false for every message; params come from outside and may lack fields.',
      cause,
    })
  }
}
