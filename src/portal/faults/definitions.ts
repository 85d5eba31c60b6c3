import type { FaultField, FaultName, FaultState } from '../types'

export type FaultDefinition = Pick<FaultState, 'title' | 'description' | 'kind' | 'fields'>

const count = (label: string): FaultField => ({ name: 'count', label, type: 'number', default: 1, min: 1, max: 10_000 })
const delay: FaultField[] = [
  { name: 'ms', label: 'Delay, ms', type: 'number', default: 500, min: 0, max: 60_000 },
  { name: 'jitter', label: 'Plus up to, ms', type: 'number', default: 0, min: 0, max: 60_000 },
]

/** Every fault: how it is called, what the app will see, and what it can be given. */
export const FAULT_DEFINITIONS: Record<FaultName, FaultDefinition> = {
  'cut-connections': {
    title: 'Cut connections',
    description: 'Sockets and polls end at once, without a goodbye.',
    kind: 'action',
    fields: [{ name: 'userId', label: 'User (0 = everybody)', type: 'number', default: 0, min: 0, max: 1_000_000_000 }],
  },
  'refuse-connections': {
    title: 'Refuse connections',
    description: 'The push server answers 503 to every new connection for a while.',
    kind: 'switch',
    fields: [{ name: 'seconds', label: 'For, s', type: 'number', default: 30, min: 0.01, max: 86_400 }],
  },
  'push-delay': {
    title: 'Slow push',
    description: 'Messages arrive late, in their order.',
    kind: 'switch',
    fields: delay,
  },
  'rest-delay': {
    title: 'Slow REST',
    description: 'REST answers arrive late.',
    kind: 'switch',
    fields: delay,
  },
  'drop-messages': {
    title: 'Drop messages',
    description: 'The next messages are lost for good; the app cannot notice.',
    kind: 'switch',
    fields: [count('Messages')],
  },
  'repeat-messages': {
    title: 'Repeat messages',
    description: 'The next messages arrive twice, with the same id.',
    kind: 'switch',
    fields: [count('Messages')],
  },
  'reorder-messages': {
    title: 'Reorder messages',
    description: 'The next messages are held back and then arrive in reverse order.',
    kind: 'switch',
    fields: [{ ...count('Messages'), default: 2, min: 2, max: 1_000 }],
  },
  'stop-pings': {
    title: 'Stop pings',
    description: 'The push server falls silent: a client of version 5 takes the connection for stuck after 20 s.',
    kind: 'switch',
    fields: [],
  },
  'channel-expire': {
    title: 'Expire channels',
    description: 'Clients are told that a channel has expired: to go on with a new one, or to get the config again.',
    kind: 'action',
    fields: [
      { name: 'action', label: 'Action', type: 'select', default: 'reconnect', choices: ['reconnect', 'get_config'] },
      { name: 'channel', label: 'Channel', type: 'select', default: 'private', choices: ['private', 'shared'] },
    ],
  },
  'config-expire': {
    title: 'Expire the config',
    description: 'Clients are told that the push config has expired, and get it again.',
    kind: 'action',
    fields: [],
  },
  'server-restart': {
    title: 'Restart the push server',
    description: 'Clients are told, then every connection closes with code 1001; history is kept.',
    kind: 'action',
    fields: [],
  },
  'expire-tokens': {
    title: 'Expire access tokens',
    description: 'REST answers 401 expired_token until the app has asked for refreshAuth.',
    kind: 'action',
    fields: [],
  },
  'refuse-refresh': {
    title: 'Refuse refreshAuth',
    description: 'The portal does not answer refreshAuth; the SDK gives up after 10 s.',
    kind: 'switch',
    fields: [],
  },
  'refuse-scope': {
    title: 'Take a scope away',
    description: 'Methods of the scope answer 403 insufficient_scope.',
    kind: 'switch',
    fields: [{ name: 'scope', label: 'Scope', type: 'text', default: 'pull' }],
  },
  'fail-method': {
    title: 'Fail a REST method',
    description: 'The next calls of the method answer with this status and error. The SDK repeats a 5xx by itself, up to three times.',
    kind: 'switch',
    fields: [
      { name: 'method', label: 'Method (* = every)', type: 'text', default: 'pull.application.event.add' },
      { name: 'times', label: 'Times', type: 'number', default: 1, min: 1, max: 100_000 },
      { name: 'status', label: 'Status', type: 'number', default: 503, min: 400, max: 599 },
      { name: 'error', label: 'Error code', type: 'text', default: 'QUERY_LIMIT_EXCEEDED' },
    ],
  },
  'not-configured': {
    title: 'Push & Pull not configured',
    description: 'pull.application.config.get answers 500 SERVER_ERROR, as a portal without a push server does.',
    kind: 'switch',
    fields: [],
  },
}

/** All names, in the order in which the page shows them. */
export const FAULT_NAMES = Object.keys(FAULT_DEFINITIONS) as FaultName[]
