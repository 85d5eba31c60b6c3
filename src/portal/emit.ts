import type { IsPullCommand, PullCommandName, PullEventParams, PullModuleName } from '../runtime/types'
import { COMMAND_PATTERN, MODULE_PATTERN } from '../runtime/utils/name-patterns'
import { PortalError } from './errors'
import type { People } from './people/people'
import type { ChannelKey } from './push/channels'
import { privateKey } from './push/channels'
import type { Hub } from './push/hub'
import { createBody } from './push/message-body'
import type { EventParams } from './push/types'

/** Who wrote an event: somebody at the portal, or the app by REST. */
export type EventOrigin = 'portal' | 'rest'

/** An event as the platform's back end would send it. */
export interface PortalEvent {
  /** Module id, such as `application`; capitals are lowered, as the platform does. */
  module: string
  command: string
  /** An object, or a list: PHP sends `[]` for an empty object. @default {} */
  params?: EventParams
  /** One user or several; absent = every user of the app. */
  userId?: number | readonly number[]
  /** Added to `extra`, over what the server puts there. */
  extra?: Record<string, unknown>
}

/** An event whose params are checked where the app has declared the command in `PullCommands`. */
export type PortalEventOf<M extends PullModuleName, C extends PullCommandName<M>>
  = Omit<PortalEvent, 'module' | 'command' | 'params'>
    & { module: M, command: C }
    & (IsPullCommand<M, C> extends true ? PullEventParams<M, C> : Pick<PortalEvent, 'params'>)

/** `emit` as users see it: completes modules and commands of `PullCommands` and checks their params. */
export type Emit = <M extends PullModuleName, C extends PullCommandName<M>>(event: PortalEventOf<M, C>) => string[]

export interface EmitDeps {
  hub: () => Hub
  people: People
  /** Whether the event waits, and goes out later by `sendNow`. */
  isHeld: (event: PortalEvent, origin: EventOrigin) => boolean
  /** Told of each event that goes out. */
  onSent: (event: PortalEvent, origin: EventOrigin) => void
}

/** Sends events as the platform's back end does. */
export interface Emitter {
  /** As tests and the portal's page send them: checked. */
  emit: (event: PortalEvent) => string[]
  /** As REST hands them on, which checks by the platform's own rules. */
  send: (event: PortalEvent, origin?: EventOrigin) => string[]
  /** The same, though events like it are held. */
  sendNow: (event: PortalEvent, origin: EventOrigin) => string[]
}

/**
 * Builds `emit`: to the shared channel without `userId`, else to the private channels of those users.
 *
 * @returns ids of the messages, one per channel
 */
export function createEmitter({ hub, people, isHeld, onSent }: EmitDeps): Emitter {
  const send = (event: PortalEvent, origin: EventOrigin = 'portal'): string[] => isHeld(event, origin) ? [] : sendNow(event, origin)

  function sendNow(event: PortalEvent, origin: EventOrigin): string[] {
    const { module, command, params = {}, userId, extra } = event
    const keys: ChannelKey[] = userId === undefined
      ? ['shared']
      : [...new Set([userId].flat())].map(id => privateKey(people.get(Number(id)).id))
    const body = createBody(module, command, params, extra)
    const ids = keys.map(key => hub().publish(key, { body }))
    onSent(event, origin)
    return ids
  }

  return {
    send,
    sendNow,
    emit(event) {
      const { module, command, params = {} } = event
      if (typeof module !== 'string' || !MODULE_PATTERN.test(module.toLowerCase())) throw badEvent('module', module, 'a module id of letters, digits, dots and underscores, such as "application"')
      if (typeof command !== 'string' || !COMMAND_PATTERN.test(command)) throw badEvent('command', command, 'a command of letters, digits, _ : | . and -, such as "ping"')
      if (typeof params !== 'object' || params === null) throw badEvent('params', params, 'an object or a list')
      return send(event)
    },
  }
}

function badEvent(field: string, value: unknown, may: string): PortalError {
  return new PortalError('PORTAL_BAD_EVENT', {
    what: `\`${field}\` of the event is ${typeof value === 'bigint' ? `${value}n` : JSON.stringify(value) ?? 'missing'}.`,
    why: `It must be ${may}.`,
    fix: 'Correct it; nothing was sent.',
    field,
  })
}
