import type { PortalEvent } from '../../emit'
import type { BackendEvents } from '../../events/backend-events'
import type { OfflineQueue } from '../../events/offline-queue'
import type { FaultBoard } from '../../faults/faults'
import type { Holders } from '../../frames/holders'
import type { Placements } from '../../frames/placements'
import type { Installation } from '../../installation'
import type { PortalLog } from '../../log/log'
import type { EngineOptions } from '../../option-types'
import type { OptionStore } from '../../people/option-store'
import type { People } from '../../people/people'
import type { Push } from '../../push/push'
import type { RestHandler, RestMethod } from '../types'
import { commonMethods } from './common'
import { currencyMethods } from './currency'
import { eventMethods } from './event'
import { offlineMethods } from './offline'
import { optionMethods } from './options'
import { placementMethods } from './placement'
import { pullConfigMethods } from './pull-config'
import { pullEventMethods } from './pull-event'

export interface MethodDeps {
  options: EngineOptions
  /** The user's own methods as they are now, by lower-case name. */
  own: () => ReadonlyMap<string, RestHandler>
  url: string
  people: People
  store: OptionStore
  push: Push
  faults: FaultBoard
  events: BackendEvents
  queue: OfflineQueue
  placements: Placements
  installation: Installation
  log: PortalLog
  holders: Pick<Holders, 'asked'>
  send: (event: PortalEvent) => string[]
  /** A background worker was bound. */
  onWorker: () => void
}

/** Every method of the portal itself, by lower-case name. */
export function createMethods({ options, own, url, people, store, push, faults, events, queue, placements, installation, log, holders, send, onWorker }: MethodDeps): Map<string, RestMethod> {
  const methods: Map<string, RestMethod> = new Map([
    ...commonMethods({
      scope: options.scope,
      lang: options.lang,
      clientId: options.clientId,
      people,
      hasMethod: name => name === 'batch' || methods.has(name.toLowerCase()) || own().has(name.toLowerCase()),
      isInstalled: () => installation.isInstalled,
    }),
    ...optionMethods(store),
    ...pullConfigMethods({ url, server: push.server, configTimestamp: push.configTimestamp, channels: push.channels, people, faults, onConfig: holders.asked }),
    ...pullEventMethods({
      appName: options.appName,
      people,
      emit: ({ userIds, ...event }) => void send({ ...event, ...(userIds === null ? {} : { userId: userIds.filter(id => people.has(id)) }) }),
      onNotification: notification => log.add({ source: 'push', direction: 'out', title: `Notification: ${notification.text}`, details: notification }),
      onShared: given => log.add({
        source: 'push',
        direction: 'note',
        level: 'warn',
        title: 'An event for nobody by name goes to everybody',
        details: { given, why: 'The portal takes 0 in USER_ID for the shared channel, and a word or an empty text for none.', fix: 'Send the ids of users; an empty list reaches nobody.' },
      }),
    }),
    ...eventMethods({ events, scope: options.scope, appHost: options.app.hostname, log }),
    ...offlineMethods(queue),
    ...placementMethods({ placements, lang: options.lang, appHost: options.app.hostname, onWorker }),
    ...currencyMethods(options.lang),
  ])
  return methods
}
