import type { OptionStore } from '../../people/option-store'
import { param } from '../params'
import { asRecord, asText } from '../../untrusted'
import type { RestMethod, RestParams } from '../types'
import { RestError } from '../types'
import { assertContext } from './access'

/** `app.option.get`, `app.option.set`, `user.option.get`, `user.option.set`. */
export function optionMethods(store: OptionStore): [string, RestMethod][] {
  function read(owner: 'app' | number, params: RestParams): unknown {
    const name = asText(param(params, 'option'))
    if (name !== null && name !== '') return store.get(owner, name) ?? null
    const all = store.all(owner)
    // PHP: an empty array.
    return Object.keys(all).length === 0 ? [] : all
  }

  /** Without `options`, the parameters themselves are the options: so do the official examples. */
  function write(owner: 'app' | number, params: RestParams): true {
    const options = param(params, 'options')
    const values = asRecord(options === undefined || options === null ? params : options)
    if (!values || Object.keys(values).length === 0) {
      throw new RestError('ERROR_ARGUMENT', 'Argument \'options\' is null or empty')
    }
    store.set(owner, values)
    return true
  }

  return [
    ['app.option.get', (params, caller) => {
      assertContext(caller)
      return read('app', params)
    }],
    ['app.option.set', (params, caller) => {
      assertContext(caller)
      if (!caller.user.isAdmin) throw new RestError('ACCESS_DENIED', 'Access denied! Administrator authorization required', 403)
      return write('app', params)
    }],
    ['user.option.get', (params, caller) => {
      assertContext(caller)
      return read(caller.user.id, params)
    }],
    ['user.option.set', (params, caller) => {
      assertContext(caller)
      return write(caller.user.id, params)
    }],
  ]
}
