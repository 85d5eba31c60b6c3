import { checkSchema } from '../../schema/check-schema'
import { argumentError } from '../../utils/argument-error'
import { isRecord } from '../../utils/is-record'

// Development only: what composables are given is checked where it is written. What is of another kind would be left aside in silence, or
// fail later and elsewhere.

/** @throws PullError `ARGUMENT_ERROR` */
export function checkCommandArguments(handler: unknown, options: unknown): void {
  const isHandler = handler === undefined || handler === null || typeof handler === 'function'
  if (!isHandler && (!isRecord(handler) || options !== undefined)) throw argumentError('The third argument of usePullCommand()', handler, 'a handler, which is a function, or options and nothing after them')
  checkOptions('usePullCommand', options)
  const { type, schema, filter } = (options ?? (isRecord(handler) ? handler : {})) as Record<string, unknown>
  if (type !== undefined && type !== 'server' && type !== 'client') throw argumentError('The option `type`', type, '\'server\' or \'client\'')
  if (schema !== undefined) checkSchema('The option `schema`', schema)
  if (filter !== undefined) checkFunction('The option `filter`', filter)
}

/** @throws PullError `ARGUMENT_ERROR` */
export function checkRefreshArguments(fetcher: unknown, options: unknown): void {
  checkFunction('The fetcher of usePullRefresh()', fetcher)
  checkOptions('usePullRefresh', options)
}

/** @throws PullError `ARGUMENT_ERROR` */
export function checkStateArguments(fetcher: unknown, reducers: unknown, options: unknown): void {
  checkFunction('The fetcher of usePullState()', fetcher)
  if (!isRecord(reducers)) throw argumentError('The second argument of usePullState()', reducers, 'an object of reducers by command')
  for (const [command, reducer] of Object.entries(reducers)) {
    if (reducer !== 'refresh') checkFunction(`The reducer of '${command}'`, reducer, 'a function, or \'refresh\'')
  }
  checkOptions('usePullState', options)
  const { debounce } = (options ?? {}) as Record<string, unknown>
  if (debounce !== undefined && !(typeof debounce === 'number' && debounce >= 0)) throw argumentError('The option `debounce`', debounce, 'a number of ms, 0 or more')
}

function checkFunction(what: string, given: unknown, may = 'a function'): void {
  if (typeof given !== 'function') throw argumentError(what, given, may)
}

function checkOptions(caller: string, options: unknown): void {
  if (options !== undefined && !isRecord(options)) throw argumentError(`The options of ${caller}()`, options, 'an object')
}
