import type { Placements } from '../../frames/placements'
import { WORKER } from '../../frames/placements'
import { assertHandlerAddress } from '../handler-address'
import { param } from '../params'
import { asNumber, asRecord, asText } from '../../untrusted'
import { phpArray } from '../php-query'
import type { RestCaller, RestMethod, RestParams } from '../types'
import { RestError, restPage } from '../types'
import { assertAdmin, assertApplication } from './access'

/** Of these the portal has one handler only. */
const SINGLE = new Set([WORKER, 'REST_APP_URI'])

export interface PlacementDeps {
  placements: Placements
  lang: string
  appHost: string
  /** A background worker was bound: it runs from now on. */
  onWorker: () => void
}

/** `placement.bind`, `.unbind`, `.get`, `.list`, `userfieldtype.add`, `.update`, `.list`, `.delete`. */
export function placementMethods({ placements, lang, appHost, onWorker }: PlacementDeps): [string, RestMethod][] {
  function assertMay(caller: RestCaller): void {
    assertApplication(caller)
    assertAdmin(caller)
  }

  return [
    ['placement.bind', (params, caller) => {
      assertMay(caller)
      const placement = required(params, 'PLACEMENT').toUpperCase()
      const handler = address(params)
      const options = asRecord(param(params, 'OPTIONS')) ?? {}
      if (!placements.codes.includes(placement) && !/^[A-Z][A-Z0-9_]*$/.test(placement)) throw new RestError('ERROR_PLACEMENT_NOT_FOUND', 'Placement not found')
      const userId = asNumber(param(params, 'USER_ID')) || 0
      if (userId > 0 && placement !== WORKER) throw new RestError('ERROR_PLACEMENT_USER_MODE', 'User mode is not available.')
      if (placement === WORKER && !asText(options.errorHandlerUrl)) throw new RestError('EMPTY_ERROR_HANDLER_URL', 'Parameter OPTIONS[errorHandlerUrl] is required')
      const known = placements.bound.filter(one => one.placement === placement)
      if (SINGLE.has(placement) && known.length > 0) throw new RestError('ERROR_PLACEMENT_MAX_COUNT', 'Placement max count')
      if (known.some(one => one.handler === handler)) throw new RestError('ERROR_CORE', 'Unable to set placement handler: Handler already binded')
      const langAll = asRecord(param(params, 'LANG_ALL')) ?? {}
      const own = asRecord(langAll[lang]) ?? {}
      const title = asText(param(params, 'TITLE')) ?? asText(own.TITLE) ?? placement
      const description = asText(param(params, 'DESCRIPTION')) ?? asText(own.DESCRIPTION) ?? ''
      placements.bind({ placement, userId, handler, title, description, options, langAll: { [lang]: { TITLE: title, DESCRIPTION: description, GROUP_NAME: asText(param(params, 'GROUP_NAME')) ?? '' }, ...langAll } })
      if (placement === WORKER) onWorker()
      return true
    }],
    ['placement.unbind', (params, caller) => {
      assertMay(caller)
      // The platform counts each handler twice: once found, once removed.
      return { count: 2 * placements.unbind(required(params, 'PLACEMENT').toUpperCase(), asText(param(params, 'HANDLER'))) }
    }],
    ['placement.get', (_params, caller) => {
      assertMay(caller)
      return placements.bound.map(({ placement, userId, handler, title, description, options, langAll }) => ({ placement, userId, handler, options: phpArray(Object.entries(options)), title, description, langAll }))
    }],
    ['placement.list', (_params, caller) => {
      assertApplication(caller)
      return [...placements.codes]
    }],
    ['userfieldtype.add', (params, caller) => {
      assertMay(caller)
      const id = required(params, 'USER_TYPE_ID')
      if (!/^\w+$/.test(id)) throw new RestError('ERROR_ARGUMENT', 'Argument \'USER_TYPE_ID\' may hold letters, digits and underscores')
      const handler = address(params)
      if (placements.fieldTypes.some(({ USER_TYPE_ID, HANDLER }) => USER_TYPE_ID === id || HANDLER === handler)) throw new RestError('ERROR_CORE', 'Unable to set placement handler: Handler already binded')
      placements.setFieldType({ USER_TYPE_ID: id, HANDLER: handler, TITLE: asText(param(params, 'TITLE')) || id, DESCRIPTION: asText(param(params, 'DESCRIPTION')) ?? '', OPTIONS: asRecord(param(params, 'OPTIONS')) ?? {} })
      return true
    }],
    ['userfieldtype.update', (params, caller) => {
      assertMay(caller)
      const before = fieldType(required(params, 'USER_TYPE_ID'))
      placements.setFieldType({
        ...before,
        ...(param(params, 'HANDLER') === undefined ? {} : { HANDLER: address(params) }),
        TITLE: asText(param(params, 'TITLE')) ?? before.TITLE,
        DESCRIPTION: asText(param(params, 'DESCRIPTION')) ?? before.DESCRIPTION,
        OPTIONS: asRecord(param(params, 'OPTIONS')) ?? before.OPTIONS,
      })
      return true
    }],
    ['userfieldtype.list', (_params, caller) => {
      assertMay(caller)
      const { fieldTypes } = placements
      return restPage(fieldTypes.map(({ OPTIONS, ...type }) => ({ ...type, OPTIONS: phpArray(Object.entries(OPTIONS)) })), { total: fieldTypes.length })
    }],
    ['userfieldtype.delete', (params, caller) => {
      assertMay(caller)
      placements.deleteFieldType(fieldType(required(params, 'USER_TYPE_ID')).USER_TYPE_ID)
      return true
    }],
  ]

  function address(params: RestParams): string {
    const handler = required(params, 'HANDLER')
    assertHandlerAddress(handler, appHost)
    return handler
  }

  function fieldType(id: string) {
    const known = placements.fieldTypes.find(({ USER_TYPE_ID }) => USER_TYPE_ID === id)
    if (!known) throw new RestError('ERROR_NOT_FOUND', 'User Field Type not found')
    return known
  }
}

function required(params: RestParams, name: string): string {
  const value = param(params, name)
  if (value === undefined || value === null || value === '') throw new RestError('ERROR_ARGUMENT', `Argument '${name}' is null or empty`)
  const text = asText(value)
  if (text === null) throw new RestError('ERROR_ARGUMENT', `The value of an argument '${name}' must be of type string`)
  return text
}
