import type { ServerSettings } from '../../types'
import type { FaultBoard } from '../../faults/faults'
import type { People } from '../../people/people'
import type { Channel, Channels } from '../../push/channels'
import { JWT_LIFE_MS, privateKey } from '../../push/channels'
import { PUSH_PATHS } from '../../push/door'
import { param } from '../params'
import { fromJsonText } from '../../json'
import { asNumber, asRecord } from '../../untrusted'
import { isoDate } from '../time'
import type { RestCaller, RestMethod } from '../types'
import { RestError } from '../types'

export interface PullConfigDeps {
  /** Origin of the portal. */
  url: string
  server: () => ServerSettings
  /** Changes whenever the config does; unix seconds. */
  configTimestamp: () => number
  channels: Channels
  people: People
  faults: Pick<FaultBoard, 'settingsOf'>
  /** A frame may connect from now on. */
  onConfig: (userId: number, frameId: string) => void
}

/** How long a config of generation 4 says it is good for; its channels live shorter. */
const CONFIG_LIFE_MS = 24 * 60 * 60 * 1_000

/** Pull belongs to applications: a webhook is turned away. */
export function assertPullApplication({ kind }: RestCaller, description = 'Get access to application config available only for application authorization.'): void {
  if (kind !== 'application') throw new RestError('WRONG_AUTH_TYPE', description, 403)
}

/** `pull.application.config.get` and `pull.channel.public.list`. */
export function pullConfigMethods(deps: PullConfigDeps): [string, RestMethod][] {
  const publicChannel = (userId: number) => {
    const channel = deps.channels.of(privateKey(userId))
    return {
      user_id: userId,
      public_id: channel.publicId,
      signature: channel.signature,
      start: isoDate(channel.start),
      end: isoDate(channel.end),
    }
  }
  const assertConfigured = () => {
    if (deps.faults.settingsOf('not-configured')) throw notConfigured()
  }
  const publicChannels = (ids: readonly number[]) => Object.fromEntries(ids.map(id => [String(id), publicChannel(id)]))

  return [
    ['pull.application.config.get', (_params, caller) => {
      assertPullApplication(caller)
      assertConfigured()
      if (caller.frameId !== null) deps.onConfig(caller.user.id, caller.frameId)
      const now = Date.now()
      const server = deps.server()
      const own = deps.channels.of(privateKey(caller.user.id))
      const shared = deps.channels.of('shared')
      return {
        server: serverBlock(deps, server),
        api: { revision_web: 19, revision_mobile: 3 },
        channels: {
          private: { ...channelBlock(own), public_id: own.publicId },
          shared: channelBlock(shared),
        },
        publicChannels: server.version >= 4 ? publicChannels([caller.user.id]) : false,
        ...(server.version >= 5 ? { jwt: deps.channels.jwtFor(caller.user.id, caller.frameId) } : {}),
        ...(server.mode === 'shared' ? { clientId: deps.channels.clientId } : {}),
        exp: Math.floor((now + (server.version >= 5 ? JWT_LIFE_MS : CONFIG_LIFE_MS)) / 1_000),
        serverTime: isoDate(now),
      }
    }],
    // As the platform's `Pull\Rest::channelPublicList`: of anybody's authorization, but for `APPLICATION=Y`.
    ['pull.channel.public.list', (params, { kind }) => {
      if (param(params, 'APPLICATION') === 'Y' && kind !== 'application') {
        throw new RestError('WRONG_AUTH_TYPE', 'Get application public channel available only for application authorization.')
      }
      const users = userIdsOf(param(params, 'USERS'))
      if (users.length === 0) throw new RestError('INVALID_FORMAT', 'A wrong format for the USERS field is passed')
      // Public channels came with version 4.
      if (deps.server().version < 4) throw notConfigured()
      assertConfigured()
      return publicChannels(users.filter(id => deps.people.has(id)))
    }],
  ]
}

const notConfigured = () => new RestError('SERVER_ERROR', 'Push & Pull server is not configured', 500)

/** The users of a list, or of JSON text of one, each cast to a whole number. */
function userIdsOf(given: unknown): number[] {
  const list = typeof given === 'string' ? fromJsonText(given) : given
  const ids = Object.values(asRecord(list) ?? {}).map(id => Math.trunc(asNumber(id)))
  return [...new Set(ids.filter(id => id > 0))]
}

function serverBlock({ url, configTimestamp }: PullConfigDeps, server: ServerSettings) {
  const socket = `${url.replace('http', 'ws')}${PUSH_PATHS.websocket}`
  const polling = `${url}${PUSH_PATHS.polling}`
  const publish = `${url}${PUSH_PATHS.publish}`
  return {
    version: server.version,
    server_enabled: true,
    mode: server.mode,
    hostname: new URL(url).hostname,
    long_polling: polling,
    // Plain addresses stand in for the secure ones: an app on https reaches loopback without a certificate.
    long_pooling_secure: polling,
    websocket_enabled: server.transport === 'websocket',
    websocket: socket,
    websocket_secure: socket,
    publish_enabled: server.version >= 4,
    publish,
    publish_secure: publish,
    config_timestamp: configTimestamp(),
  }
}

function channelBlock(channel: Channel) {
  return { id: channel.id, start: isoDate(channel.start), end: isoDate(channel.end), type: channel.type }
}
