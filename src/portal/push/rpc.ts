import type { People } from '../people/people'
import type { Channels } from './channels'
import { privateKey } from './channels'
import type { Hub } from './hub'
import { bodyOf } from './message-body'
import type { Presence } from './presence'
import { asNumber, asText } from '../untrusted'

/** Answer to one JSON-RPC call, or null where none is due. */
type Answer = { jsonrpc: '2.0', id: unknown, result: unknown } | { jsonrpc: '2.0', id: unknown, error: { code: number, message: string } } | null

export interface RpcDeps {
  hub: Hub
  channels: Channels
  people: People
  presence: Presence
}

/** The client calls of generation 5. Returns the text to send back, or null. */
export type RpcServer = (text: string, caller: { userId: number, connectionId: string }) => { answer: string | null, method: string }

/** Answers what clients of generation 5 call; a call that makes no sense gets a JSON-RPC error, never silence. */
export function createRpcServer({ hub, channels, people, presence }: RpcDeps): RpcServer {
  type Call = (params: Map<string, unknown>, caller: { userId: number, connectionId: string }) => unknown

  const calls = new Map<string, Call>([
    ['ping', () => 'pong'],
    ['listChannels', (_params, { userId }) => [privateKey(userId), 'shared'].map((key) => {
      const channel = channels.of(key === 'shared' ? 'shared' : privateKey(userId))
      return { id: channel.publicId, type: channel.type, start: channel.start, end: channel.end }
    })],
    ['getUsersLastSeen', (params) => {
      const seen = numbers(params.get('userList')).flatMap((id): [string, number][] => {
        const seconds = people.has(id) ? people.lastSeen(id) : null
        return seconds === null ? [] : [[String(id), seconds]]
      })
      return Object.fromEntries(seen)
    }],
    ['subscribeStatusChange', (params, { connectionId }) => {
      const userId = userIdOf(params)
      if (people.has(userId)) presence.subscribe(connectionId, userId)
      return true
    }],
    ['unsubscribeStatusChange', (params, { connectionId }) => {
      presence.unsubscribe(connectionId, userIdOf(params))
      return true
    }],
    ['publish', (params, { userId }) => {
      const body = bodyOf(params.get('body'))
      const receivers = numbers(params.get('userList')).filter(id => people.has(id))
      const keys = new Set(receivers.map(privateKey))
      for (const channel of list(params.get('channelList'))) {
        const key = publicChannelKey(channels, channel)
        if (key) keys.add(key)
      }
      if (keys.size === 0) throw new Error('no receiver: userList or channelList must name one')
      const sender = { type: 1 as const, id: channels.of(privateKey(userId)).publicId }
      const expiry = asNumber(params.get('expiry')) || 0
      for (const key of keys) hub.publish(key, { body, sender, expiry })
      return true
    }],
  ])

  function execute(request: unknown, caller: { userId: number, connectionId: string }, methods: string[]): Answer {
    if (typeof request !== 'object' || request === null || !('jsonrpc' in request)) {
      return { jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'Invalid Request' } }
    }
    const id = 'id' in request ? request.id : undefined
    if (!('method' in request)) return null
    const method = asText(request.method) ?? ''
    methods.push(method)
    const call = calls.get(method)
    if (!call) return { jsonrpc: '2.0', id: id ?? null, error: { code: -32_601, message: 'Method not found' } }
    try {
      const params = 'params' in request && typeof request.params === 'object' && request.params !== null ? request.params : {}
      const result = call(new Map(Object.entries(params)), caller)
      return id === undefined ? null : { jsonrpc: '2.0', id, result }
    }
    catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return { jsonrpc: '2.0', id: id ?? null, error: { code: -32_602, message: `Invalid params: ${why}` } }
    }
  }

  return (text, caller) => {
    const methods: string[] = []
    let request: unknown
    try {
      request = JSON.parse(text)
    }
    catch {
      const answer = { jsonrpc: '2.0', id: null, error: { code: -32_700, message: 'Parse error' } }
      return { answer: JSON.stringify(answer), method: 'unreadable' }
    }
    const answer = Array.isArray(request)
      ? request.slice(0, 100).map(one => execute(one, caller, methods)).filter(one => one !== null)
      : execute(request, caller, methods)
    const isSilent = answer === null || (Array.isArray(answer) && answer.length === 0)
    return { answer: isSilent ? null : JSON.stringify(answer), method: methods.join(', ') || 'answer' }
  }
}

function publicChannelKey(channels: Channels, channel: unknown) {
  const [publicId, signature] = typeof channel === 'string'
    ? channel.split('.')
    : [field(channel, 'publicId'), field(channel, 'signature')]
  return channels.findByPublicId(publicId ?? '', signature ?? '')?.key ?? null
}

function field(value: unknown, name: string): string {
  return typeof value === 'object' && value !== null ? asText(new Map(Object.entries(value)).get(name)) ?? '' : ''
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function numbers(value: unknown): number[] {
  return list(value).map(asNumber).filter(Number.isSafeInteger)
}

function userIdOf(params: Map<string, unknown>): number {
  const id = asNumber(params.get('userId'))
  if (!Number.isSafeInteger(id)) throw new Error('userId must be a number')
  return id
}
