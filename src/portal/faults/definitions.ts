import { action, defineFaults, toggle } from './define'

const count = { type: 'number', label: 'Messages', default: 1, min: 1, max: 10_000 } as const
const delay = {
  ms: { type: 'number', label: 'Delay, ms', default: 500, min: 0, max: 60_000 },
  jitter: { type: 'number', label: 'Plus up to, ms', default: 0, min: 0, max: 60_000 },
} as const

/** Close code of a push server that goes away. */
const SERVER_GONE = 1001

/** Every fault: how it is called, what the app will see, what it can be given, and what an action does. Whoever adds one adds it here. */
export const FAULTS = defineFaults({
  'cut-connections': action({
    title: 'Cut connections',
    description: 'Sockets and polls end at once, without a goodbye.',
    group: 'connection',
    fields: { userId: { type: 'number', label: 'User (0 = everybody)', default: 0, min: 0, max: 1_000_000_000 } },
    run: ({ userId }, { cut }) => cut(userId),
  }),
  'refuse-connections': toggle({
    title: 'Refuse connections',
    description: 'The push server answers 503 to every new connection for a while.',
    group: 'connection',
    fields: { seconds: { type: 'number', label: 'For, s', default: 30, min: 0.01, max: 86_400 } },
  }),
  'swallow-connections': toggle({
    title: 'Swallow connections',
    description: 'New sockets are accepted and never answered, as by a proxy that does not know them: the app gives up after 45 s.',
    group: 'connection',
    fields: {},
  }),
  'close-connections': action({
    title: 'Close connections',
    description: 'The push server says goodbye to everybody. 4029 is a user\'s 101st connection, which ends the oldest.',
    group: 'connection',
    fields: { code: { type: 'number', label: 'Close code', default: 4029, min: 1000, max: 4999 } },
    run: ({ code }, { closeAll }) => closeAll(code, 'closed by a fault'),
  }),
  'replace-server': action({
    title: 'Replace the push server',
    description: 'Another version of it takes over, behind the same channels, and knows nothing of the ids of the one before.',
    group: 'connection',
    fields: { version: { type: 'number', label: 'Version', default: 4, min: 3, max: 5 } },
    run: ({ version }, { replaceServer }) => replaceServer(Math.round(version) as 3 | 4 | 5),
  }),
  'push-delay': toggle({
    title: 'Slow push',
    description: 'Messages arrive late, in their order.',
    group: 'messages',
    fields: delay,
  }),
  'rest-delay': toggle({
    title: 'Slow REST',
    description: 'REST answers arrive late.',
    group: 'rest',
    fields: delay,
  }),
  'drop-messages': toggle({
    title: 'Drop messages',
    description: 'The next messages are lost for good; the app cannot notice.',
    group: 'messages',
    fields: { count },
  }),
  'repeat-messages': toggle({
    title: 'Repeat messages',
    description: 'The next messages arrive twice, with the same id.',
    group: 'messages',
    fields: { count },
  }),
  'reorder-messages': toggle({
    title: 'Reorder messages',
    description: 'The next messages are held back and then arrive in reverse order.',
    group: 'messages',
    fields: { count: { ...count, default: 2, min: 2, max: 1_000 } },
    end: ({ releaseHeld }) => releaseHeld(),
  }),
  'stop-pings': toggle({
    title: 'Stop pings',
    description: 'The push server falls silent: a client of version 5 takes the connection for stuck after 20 s.',
    group: 'connection',
    fields: {},
  }),
  'channel-expire': action({
    title: 'Expire channels',
    description: 'Clients are told that a channel has expired: to get the config again, as applications usually hear; to go on with a new one; or, as every night, of a shared channel that is the portal\'s own.',
    group: 'connection',
    fields: {
      action: { type: 'select', label: 'Action', default: 'get_config', choices: ['get_config', 'reconnect', 'nightly'] },
      channel: { type: 'select', label: 'Channel', default: 'private', choices: ['private', 'shared'] },
    },
    run: ({ action, channel }, { announce, renewChannel, foreignChannels, clientId }) => announce(channel, 'channel_expire', (userId) => {
      if (action === 'nightly') {
        const { before, after } = foreignChannels()
        return { action: 'reconnect', channel: { id: before.id, type: before.type }, new_channel: after }
      }
      const { before, after } = renewChannel(userId)
      // Of an application's channel the type is the id of the application.
      return action === 'get_config' ? { action, channel: { id: before.id, type: clientId } } : { action, channel: { id: before.id, type: channel }, new_channel: after }
    }),
  }),
  'config-expire': action({
    title: 'Expire the config',
    description: 'Clients are told that the push config has expired, and get it again.',
    group: 'connection',
    fields: {},
    run: (_settings, { announce }) => announce('shared', 'config_expire', () => ({})),
  }),
  'server-restart': action({
    title: 'Restart the push server',
    description: 'Clients are told, then every connection closes with code 1001; history is kept.',
    group: 'connection',
    fields: {},
    run(_settings, { announce, closeAll }) {
      announce('shared', 'server_restart', () => ({}))
      closeAll(SERVER_GONE, 'server restart')
    },
  }),
  'expire-tokens': action({
    title: 'Expire access tokens',
    description: 'REST answers 401 expired_token until the app has asked for refreshAuth.',
    group: 'access',
    fields: {},
    run: (_settings, { expireTokens }) => expireTokens(),
  }),
  'refuse-refresh': toggle({
    title: 'Refuse refreshAuth',
    description: 'The portal does not answer refreshAuth; the SDK gives up after 10 s.',
    group: 'access',
    fields: {},
  }),
  'refuse-scope': toggle({
    title: 'Take a scope away',
    description: 'Methods of the scope answer 403 insufficient_scope.',
    group: 'access',
    fields: { scope: { type: 'text', label: 'Scope', default: 'pull' } },
  }),
  'fail-method': toggle({
    title: 'Fail a REST method',
    description: 'The next calls of the method answer with this status and error. The SDK repeats a 5xx by itself, up to three times.',
    group: 'rest',
    fields: {
      method: { type: 'text', label: 'Method (* = every)', default: 'pull.application.event.add' },
      times: { type: 'number', label: 'Times', default: 1, min: 1, max: 100_000 },
      status: { type: 'number', label: 'Status', default: 503, min: 400, max: 599 },
      error: { type: 'text', label: 'Error code', default: 'QUERY_LIMIT_EXCEEDED' },
    },
  }),
  'not-configured': toggle({
    title: 'Push & Pull not configured',
    description: 'pull.application.config.get answers 500 SERVER_ERROR, as a portal without a push server does.',
    group: 'rest',
    fields: {},
  }),
})

/** Names of the faults, as `portal.faults.on()` and the option `faults` take them. */
export type FaultName = keyof typeof FAULTS

/** All names, in the order in which the page shows them. */
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
