import type { OptionStore } from '../../people/option-store'
import { asRecord, asText, param } from '../params'
import type { RestMethod, RestParams } from '../types'
import { RestError } from '../types'

/** `app.option.get`, `app.option.set`, `user.option.get`, `user.option.set`. */
export function optionMethods(store: OptionStore): [string, RestMethod][] {
  function read(owner: 'app' | number, params: RestParams): unknown {
    const name = asText(param(params, 'option'))
    if (name !== null && name !== '') return store.get(owner, name) ?? null
    const all = store.all(owner)
    // PHP: an empty array.
    return Object.keys(all).length === 0 ? [] : all
  }

  function write(owner: 'app' | number, params: RestParams): true {
    const values = asRecord(param(params, 'options'))
    if (!values || Object.keys(values).length === 0) {
      throw new RestError('ERROR_ARGUMENT', 'Argument \'options\' is null or empty')
    }
    store.set(owner, values)
    return true
  }

  return [
    ['app.option.get', params => read('app', params)],
    ['app.option.set', (params, { user }) => {
      if (!user.isAdmin) throw new RestError('ACCESS_DENIED', 'Administrator authorization required', 403)
      return write('app', params)
    }],
    ['user.option.get', (params, { user }) => read(user.id, params)],
    ['user.option.set', (params, { user }) => write(user.id, params)],
  ]
}
