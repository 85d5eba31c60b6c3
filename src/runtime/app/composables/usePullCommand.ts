import { getCurrentInstance } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import type { PullBatchHandler, PullCommandName, PullHandler, PullModuleName, ReceivedParams, StandardSchemaV1, UsePullCommandOptions, UsePullCommandReturn } from '../../types'
import { injectPull } from '../pull-context'
import { bindToScope } from '../services/bind-to-scope'
import { checkCommandArguments } from '../services/check-arguments'
import { CommandListener } from '../services/command-listener'

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
  options?: UsePullCommandOptions<ReceivedParams<M, C, S>, S> & { batch?: false },
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
  const options: UsePullCommandOptions<Params, S> = givenOptions ?? (handler ? undefined : handlerOrOptions as typeof givenOptions) ?? noOptions as object
  const context = injectPull('usePullCommand')
  const listener = new CommandListener<Params>(context, { module, command, handler, options })

  listener.subscribe()
  if (context) {
    listener.replay()
    listener.follow()
    // A closure and what it closes over would be twice the bytes.
    bindToScope(context, 'usePullCommand', listener.stop.bind(listener))
  }
  if (options.whileActive && getCurrentInstance()) listener.restWithComponent()
  return listener.exposed
}

/** Of those without options, which are most. */
const noOptions = Object.freeze({})
