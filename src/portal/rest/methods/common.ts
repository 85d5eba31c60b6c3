import type { People } from '../../people/people'
import { asText } from '../../untrusted'
import { param } from '../params'
import { assertContext } from './access'
import { isoDate } from '../time'
import type { RestCaller, RestMethod } from '../types'

export interface CommonDeps {
  scope: readonly string[]
  lang: string
  clientId: string
  people: People
  isInstalled: () => boolean
  /** Whether a method can be called, for `method.get`. */
  hasMethod: (name: string) => boolean
}

/** `profile`, `app.info`, `server.time`, `scope`, `method.get`, `user.current`, `user.get`. */
export function commonMethods({ scope, lang, clientId, people, isInstalled, hasMethod }: CommonDeps): [string, RestMethod][] {
  const userCard = ({ user }: Pick<RestCaller, 'user'>) => ({
    ID: String(user.id),
    ACTIVE: true,
    NAME: user.name,
    LAST_NAME: user.lastName,
    EMAIL: `user${user.id}@portal.test`,
    IS_ONLINE: user.isOnline ? 'Y' : 'N',
    TIME_ZONE: 'UTC',
    USER_TYPE: 'employee',
  })

  return [
    ['profile', (_params, { user }) => ({
      ID: String(user.id),
      ADMIN: user.isAdmin,
      NAME: user.name,
      LAST_NAME: user.lastName,
      PERSONAL_GENDER: '',
      PERSONAL_PHOTO: '',
      TIME_ZONE: 'UTC',
      TIME_ZONE_OFFSET: 0,
    })],
    ['app.info', (_params, caller) => {
      assertContext(caller)
      return {
        ID: 1,
        // Of a local app it is the client id; a back end knows the app by it.
        CODE: clientId,
        VERSION: 1,
        STATUS: 'L',
        INSTALLED: isInstalled(),
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: lang,
        LICENSE: 'en_dev',
        LICENSE_TYPE: 'dev',
        LICENSE_FAMILY: 'dev',
      }
    }],
    ['server.time', () => isoDate(Date.now())],
    ['scope', () => [...scope]],
    ['method.get', (params) => {
      const isKnown = hasMethod(asText(param(params, 'name')) ?? '')
      return { isExisting: isKnown, isAvailable: isKnown }
    }],
    ['user.current', (_params, caller) => userCard(caller)],
    ['user.get', () => people.all.map(user => userCard({ user }))],
  ]
}
