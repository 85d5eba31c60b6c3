import { checkSchema } from '../../schema/check-schema'
import type { UsePullCommandOptions, UsePullRefreshOptions, UsePullStateOptions } from '../../types'
import { argumentError, checkFields } from '../../utils/argument-error'
import { isRecord } from '../../utils/is-record'

// Development only: what composables are given is checked where it is written. What is of another kind would be left aside in silence, or
// fail later and elsewhere.

/** Every option by its name: one that is forgotten here does not compile. */
type Names<Options> = Readonly<Record<keyof Options, true>>

const ofCommand: Names<UsePullCommandOptions<unknown>> = { type: true, replay: true, once: true, schema: true, filter: true, whileActive: true, ignoreOwn: true, enabled: true, batch: true }
const ofRefresh: Names<UsePullRefreshOptions> = { immediate: true, grace: true, interval: true, intervalAfterData: true, intervalAfterNone: true, spread: true }
const ofState: Names<UsePullStateOptions<unknown>> = { module: true, initial: true, enabled: true, debounce: true }

/** @throws PullError `ARGUMENT_ERROR` */
export function checkCommandArguments(handler: unknown, options: unknown): void {
  const isHandler = handler === undefined || handler === null || typeof handler === 'function'
  if (!isHandler && (!isRecord(handler) || options !== undefined)) throw argumentError('The third argument of usePullCommand()', handler, 'a handler, which is a function, or options and nothing after them')
  const named = options === undefined && isRecord(handler) ? handler : options
  checkOptions('usePullCommand', named, ofCommand)
  const { type, schema, filter, once, batch } = (named ?? {}) as Record<string, unknown>
  if (once && batch) throw argumentError('The option `once`', once, 'left out with `batch`: a list of one message is no batch')
  if (type !== undefined && type !== 'server' && type !== 'client') throw argumentError('The option `type`', type, '\'server\' or \'client\'')
  if (schema !== undefined) checkSchema('The option `schema`', schema)
  if (filter !== undefined) checkFunction('The option `filter`', filter)
}

/** @throws PullError `ARGUMENT_ERROR` */
export function checkRefreshArguments(fetcher: unknown, options: unknown): void {
  checkFunction('The fetcher of usePullRefresh()', fetcher)
  checkOptions('usePullRefresh', options, ofRefresh)
}

/** @throws PullError `ARGUMENT_ERROR` */
export function checkStateArguments(fetcher: unknown, reducers: unknown, options: unknown): void {
  checkFunction('The fetcher of usePullState()', fetcher)
  if (!isRecord(reducers)) throw argumentError('The second argument of usePullState()', reducers, 'an object of reducers by command')
  for (const [command, reducer] of Object.entries(reducers)) {
    if (command === '*') throw argumentError('A command in the second argument of usePullState()', command, 'a command by its name; for every one, call refresh() in a handler of usePullCommand(…, \'*\')')
    if (reducer !== 'refresh') checkFunction(`The reducer of '${command}'`, reducer, 'a function, or \'refresh\'')
  }
  checkOptions('usePullState', options, ofState)
  const { debounce } = (options ?? {}) as Record<string, unknown>
  if (debounce !== undefined && !(typeof debounce === 'number' && debounce >= 0)) throw argumentError('The option `debounce`', debounce, 'a number of ms, 0 or more')
}

function checkFunction(what: string, given: unknown, may = 'a function'): void {
  if (typeof given !== 'function') throw argumentError(what, given, may)
}

function checkOptions(caller: string, options: unknown, names: Readonly<Record<string, true>>): void {
  if (options !== undefined) checkFields(`The options of ${caller}()`, options, Object.keys(names))
}
